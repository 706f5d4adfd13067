from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock


class SavedView(models.Model):
    """A view of the work queue under a name: its tab and filters, as they stand in the address.

    What was searched for is never kept: it was one request.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(
        "accounts.PlacementTeam",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The team whose officers see it, too."),
    )
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=500)
    is_first = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("owner", "name"), name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=("owner",), condition=Q(is_first=True), name="one_first_view"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""), name="saved_view_says_what"
            ),
        )

    def __str__(self) -> str:
        return self.name
