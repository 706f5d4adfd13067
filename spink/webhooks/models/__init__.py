from spink.webhooks.models.delivery import Failure, State, WebhookDelivery
from spink.webhooks.models.endpoint import Closed, WebhookEndpoint

__all__ = ["Closed", "Failure", "State", "WebhookDelivery", "WebhookEndpoint"]
