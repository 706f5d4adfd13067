from placements.models import MailChoice


def mail_choice_of(user_id: int) -> MailChoice.How:
    """How somebody wants to be told by mail; at once, as long as nothing else was chosen."""
    chosen = MailChoice.objects.filter(user_id=user_id).values_list("how", flat=True).first()
    return MailChoice.How(chosen or MailChoice.How.AT_ONCE)
