from django.urls import path

from placements.web.shared import printed, views
from placements.web.shared.attachments import views as attachments
from placements.web.shared.linking import link
from placements.web.shared.news import views as news
from placements.web.shared.stop_steps import stop_touch

ONE = "requests/<reference:reference>/"
DOCUMENT = f"{ONE}documents/<uuid:attachment_id>"

urlpatterns = [
    path("news/", news.news, name="news"),
    path("news/count/", news.news_count, name="news-count"),
    path("my-settings/", news.my_settings, name="my-settings"),
    path("requests/<reference:reference>/", views.request_page, name="request"),
    path("requests/<reference:reference>/timeline/", views.timeline_page, name="timeline"),
    path(
        "requests/<reference:reference>/recommendations/<int:number>/print/",
        printed.printed,
        name="recommendation-print",
    ),
    path(
        "requests/<reference:reference>/recommendations/<int:number>.pdf",
        printed.pdf,
        name="recommendation-pdf",
    ),
    path("requests/<reference:reference>/link/", link, name="link"),
    path("requests/<reference:reference>/write/", views.write, name="write"),
    path(f"{ONE}stops/<int:touch_id>/", stop_touch, name="stop-touch"),
    path(f"{ONE}documents/", attachments.documents, name="documents"),
    path(f"{ONE}documents/<uuid:attachment_id>/", attachments.document, name="document"),
    path(
        f"{ONE}documents/<uuid:attachment_id>/take-back/", attachments.take_back, name="take-back"
    ),
]
