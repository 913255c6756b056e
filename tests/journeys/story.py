"""The afternoon, step by step, each through the pages a person uses."""

from collections.abc import Callable

from tests.journeys import aftermath, doors, evidence, faults, intake, planning, sitting
from tests.journeys.stage import Stage

STEPS: list[tuple[str, Callable[[Stage], None]]] = [
    ("mở trang công dân", intake.look_around),
    ("đăng ký gặp Chủ tịch tại xã", intake.register_everyone),
    ("công dân tra cứu đơn", intake.track),
    ("phân loại, đề xuất, trả lời không đề xuất", intake.classify_and_propose),
    ("Chủ tịch duyệt danh sách", intake.decide),
    ("lập buổi tiếp, xếp lượt, công bố, mời", planning.plan),
    ("lịch trên cổng thông tin", planning.published),
    ("mở phòng, các điểm cầu vào", sitting.enter),
    ("khai mạc ở phiên chung", sitting.open_plenary),
    ("gọi lượt 1", sitting.call_first),
    ("điểm cầu B ở ngoài khi A được tiếp", doors.outside_while_another_is_heard),
    ("giết web, custodian khi đang tiếp", faults.kill_while_heard),
    ("biên bản và kết luận lượt 1", sitting.write_first),
    ("kết thúc lượt 1, gọi lượt 2", sitting.call_second),
    ("thẻ của lượt đã kết thúc bị từ chối", doors.ended_token_is_refused),
    ("biên bản và kết luận lượt 2", sitting.write_second),
    ("về phiên chung, đưa một điểm cầu ra", doors.removed_page_stays_out),
    ("bế mạc, chuyển kỳ sau", sitting.close),
    ("niêm phong bản ghi, giết worker giữa chừng", faults.kill_worker_while_sealing),
    ("ký biên bản, ra thông báo, giao việc", aftermath.issue_papers),
    ("xem bản ghi", evidence.watch),
    ("kiểm tra gói chứng cứ", evidence.verify),
    ("báo cáo tháng", aftermath.report),
    ("báo cáo kết quả, đóng việc", aftermath.answer_task),
]
