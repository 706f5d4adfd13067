"""What belongs to no app: its checks, and the command that serves."""
