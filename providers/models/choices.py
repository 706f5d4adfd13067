from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LegalForm(models.TextChoices):
    COMPANY = "company", _("Limited company")
    TRADING_PARTNERSHIP = "trading_partnership", _("Trading partnership")
    ECONOMIC_ASSOCIATION = "economic_association", _("Economic association")
    ASSOCIATION = "association", _("Non-profit association")
    FOUNDATION = "foundation", _("Foundation")
    SOLE_TRADER = "sole_trader", _("Sole trader")
    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    STATE = "state", pgettext_lazy("legal form", "State")


class Ownership(models.TextChoices):
    """Who owns the provider: statistics split purchases by it. It is not the rung."""

    OWN_MUNICIPALITY = "own_municipality", _("The municipality itself")
    OTHER_MUNICIPALITY = "other_municipality", _("Another municipality")
    MUNICIPAL_COMPANY = "municipal_company", _("Municipal company")
    IDEA_BASED = "idea_based", _("Idea-based")
    PRIVATE = "private", _("Private")
    STATE = "state", _("State-owned")


class Gender(models.TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other gender")


class AgreementForm(models.TextChoices):
    FRAMEWORK = "framework", _("Framework agreement")
    IOP = "iop", _("Idea-based public partnership (IOP)")


class StopKind(models.TextChoices):
    RECOMMENDATION_STOP = "recommendation_stop", _("Recommendation stop")
    ORDER_STOP = "order_stop", _("Temporary order stop")
    PAUSED = "paused", _("Paused")
    UNPUBLISHED = "unpublished", _("Unpublished")


class RateUnit(models.TextChoices):
    DAY = "day", _("per day")
    HOUR = "hour", _("per hour")
    WEEK = "week", _("per week")
    MONTH = "month", _("per month")
    ASSIGNMENT = "assignment", _("per assignment")
