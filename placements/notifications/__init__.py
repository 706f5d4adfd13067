"""Notifications: written when an event is handled, shown as marks in the pages, sent as mail."""

from placements.notifications.marks import (
    UnreadNotification,
    mark_all_but_messages_read,
    mark_request_read,
    unread,
    unread_among,
    unread_count,
)

__all__ = [
    "UnreadNotification",
    "mark_all_but_messages_read",
    "mark_request_read",
    "unread",
    "unread_among",
    "unread_count",
]
