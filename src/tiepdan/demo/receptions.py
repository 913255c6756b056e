"""The coming reception of the demo: planned, published, with places, slips and invitations."""

from datetime import timedelta

from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.demo.province import HUB
from tiepdan.org.models import Agency, VideoSite
from tiepdan.org.queries import province_committee
from tiepdan.scheduling.actions import (
    invite,
    issue_slips,
    place_appointments,
    plan_reception,
    publish_reception,
)
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.queries import next_reception_day

BRANCHES = ["huu-lung", "bac-son", "loc-binh"]
INVITED = ["so-nnmt", "so-xd", *(f"xa-{code}" for code in BRANCHES)]
REQUESTS = [
    "Chuẩn bị hồ sơ, tài liệu liên quan đến vụ việc và ý kiến của cơ quan.",
    "Ủy ban nhân dân xã kiểm tra phòng họp, đường truyền, thiết bị trước buổi tiếp một ngày.",
]


def plan_the_next() -> Reception:
    """Plan the next monthly reception after today and tell everybody concerned."""
    sites = {site.code: site for site in VideoSite.objects.all()}
    officer = User.objects.get(username="chuyenvien")
    reception = plan_reception(
        month=next_reception_day(clock.today() + timedelta(days=1)),
        agency=province_committee(),
        chair=User.objects.get(username="chutich"),
        secretary=User.objects.get(username="thuky"),
        hub=sites[HUB],
        branches=[sites[code] for code in BRANCHES],
        by=officer,
    )
    place_appointments(reception=reception, by=officer)
    publish_reception(reception=reception, by=officer, late_reason="Dữ liệu trình diễn")
    invite(
        reception=reception,
        agencies=list(Agency.objects.filter(code__in=INVITED)),
        requests=REQUESTS,
        by=officer,
    )
    issue_slips(reception=reception, by=officer)
    return Reception.objects.get(pk=reception.pk)
