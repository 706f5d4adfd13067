from django.urls import path

from placements.web.placing import handling, inquiries, proposing, workload
from placements.web.placing.giving import many, one
from placements.web.placing.match.as_json import match_json
from placements.web.placing.match.compare import compare
from placements.web.placing.match.excluded import excluded
from placements.web.placing.match.views import match
from placements.web.placing.queue import saved
from placements.web.placing.queue.views import queue
from placements.web.placing.recommending.kept import recommendation
from placements.web.placing.recommending.views import recommend
from placements.web.placing.recommending.withdrawing import withdraw

ONE = "requests/<reference:reference>/"

urlpatterns = [
    path("queue/", queue, name="queue"),
    path("queue/take-next/", handling.take_next, name="take-next"),
    path("queue/hand-over/", many.hand_over_many, name="hand-over-many"),
    path("queue/views/", saved.saved_views, name="saved-views"),
    path("queue/views/new/", saved.save_view, name="save-view"),
    path("queue/views/<int:view_id>/", saved.saved_view, name="saved-view"),
    path("queue/views/<int:view_id>/remove/", saved.remove_view, name="remove-view"),
    path("queue/workload/", workload.workload, name="workload"),
    path(f"{ONE}take/", handling.take, name="take"),
    path(f"{ONE}assign/", one.assign, name="assign"),
    path(f"{ONE}hand-over/", one.hand_over, name="hand-over"),
    path(f"{ONE}hand-over/read/", one.read_notes, name="read-hand-over"),
    path(f"{ONE}ask-information/", handling.ask_information, name="ask-information"),
    path(f"{ONE}propose-service/", proposing.propose, name="propose-service"),
    path(f"{ONE}proposal/withdraw/", proposing.withdraw, name="withdraw-proposal"),
    path(f"{ONE}match/", match, name="match"),
    path(f"{ONE}match.json", match_json, name="match-json"),
    path(f"{ONE}compare/", compare, name="compare"),
    path(f"{ONE}excluded/", excluded, name="excluded"),
    path(f"{ONE}inquiries/", inquiries.inquiries, name="inquiries"),
    path(f"{ONE}inquiries/<int:inquiry_id>/", inquiries.inquiry, name="inquiry"),
    path(f"{ONE}recommend/", recommend, name="recommend"),
    path(f"{ONE}recommendations/<int:number>/", recommendation, name="recommendation"),
    path(f"{ONE}recommendations/<int:number>/withdraw/", withdraw, name="withdraw-recommendation"),
]
