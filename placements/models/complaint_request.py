from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplaintRequest(models.Model):
    """Which request a complaint about a provider is about.

    The complaint itself is read by those who control providers; this, behind the request's wall,
    by the unit that filed both.
    """

    complaint = models.OneToOneField(
        "providers.Complaint", on_delete=models.PROTECT, related_name="+"
    )
    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="complaints"
    )

    class Meta:
        verbose_name = _("request of a complaint")
        verbose_name_plural = _("requests of complaints")

    def __str__(self) -> str:
        return str(self.complaint_id)
