"""Files that somebody has uploaded: each sees the own ones alone, and none whose time is up."""

from uuid import UUID

from django.db.models import QuerySet

from providers.models import RegisterUpload
from spink.foundation import clock


def own_uploads(user_id: int) -> QuerySet[RegisterUpload]:
    found = RegisterUpload.objects.filter(by=user_id, expires_at__gt=clock.now())
    return found.defer("content", "review").order_by("-created_at")[:20]


def own_upload(user_id: int, upload_id: UUID) -> RegisterUpload | None:
    found = RegisterUpload.objects.filter(pk=upload_id, by=user_id, expires_at__gt=clock.now())
    return found.defer("content").select_related("progress").first()
