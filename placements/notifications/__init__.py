"""Notifications: written when an event is handled, shown as marks in the pages, sent as mail."""

from placements.notifications.marks import (
    SHOWN,
    UnreadNotification,
    mark_all_but_messages_read,
    mark_all_read,
    mark_request_read,
    unread,
    unread_among,
    unread_count,
)

__all__ = [
    "SHOWN",
    "UnreadNotification",
    "mark_all_but_messages_read",
    "mark_all_read",
    "mark_request_read",
    "unread",
    "unread_among",
    "unread_count",
]
