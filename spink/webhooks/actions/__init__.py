from spink.webhooks.actions.endpoints import (
    MOST_ENDPOINTS,
    Outdated,
    TooMany,
    change_endpoint,
    close_endpoint,
    make_endpoint,
    remove_endpoint,
    rotate_secret,
)
from spink.webhooks.actions.messages import (
    IsClosed,
    Message,
    NotDead,
    forget_old_deliveries,
    ping,
    replay,
    replay_all,
    write_messages,
)

__all__ = [
    "MOST_ENDPOINTS",
    "IsClosed",
    "Message",
    "NotDead",
    "Outdated",
    "TooMany",
    "change_endpoint",
    "close_endpoint",
    "forget_old_deliveries",
    "make_endpoint",
    "ping",
    "remove_endpoint",
    "replay",
    "replay_all",
    "rotate_secret",
    "write_messages",
]
