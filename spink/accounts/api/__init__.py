"""Who calls the API: tokens, clients, how far they see, how often they may call, what is kept."""
