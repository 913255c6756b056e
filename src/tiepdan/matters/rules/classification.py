"""Which findings fit which kind of filing; pure."""

from collections.abc import Iterable, Mapping

from tiepdan.matters.rules.faults import NotValidError
from tiepdan.matters.states import Competence, FilingKind, MissingCondition, SubjectField

_ADMINISTRATIVE = {SubjectField.POLICY, SubjectField.LAND, SubjectField.OTHER_ADMINISTRATIVE}
_ELSEWHERE = {SubjectField.JUDICIAL, SubjectField.PARTY, SubjectField.OTHER}
_FOR_ALL = {SubjectField.POLICY, SubjectField.LAND, SubjectField.JUDICIAL, SubjectField.OTHER}
_FIELDS: Mapping[FilingKind, frozenset[SubjectField]] = {
    FilingKind.COMPLAINT: frozenset(_ADMINISTRATIVE | _ELSEWHERE),
    FilingKind.DENUNCIATION: frozenset(SubjectField),
    FilingKind.RECOMMENDATION: frozenset(_FOR_ALL),
    FilingKind.FEEDBACK: frozenset(_FOR_ALL),
    FilingKind.MIXED: frozenset(SubjectField),
}
_ONLY_FOR: Mapping[MissingCondition, frozenset[FilingKind]] = {
    MissingCondition.NO_RESPONDENT: frozenset({FilingKind.COMPLAINT, FilingKind.DENUNCIATION}),
    MissingCondition.NO_CONTACT: frozenset({FilingKind.DENUNCIATION}),
}


def fields_of(kind: FilingKind) -> frozenset[SubjectField]:
    """The columns a filing of that kind can stand in (TT 02/2021/TT-TTCP, biểu 02 to 04/XLD)."""
    return _FIELDS[kind]


def conditions_of(kind: FilingKind) -> list[MissingCondition]:
    """What a filing of that kind must have (TT 05/2021/TT-TTCP, Điều 6 khoản 2)."""
    every = frozenset(FilingKind)
    return [one for one in MissingCondition if kind in _ONLY_FOR.get(one, every)]


def check_findings(
    kind: FilingKind, field: str, missing: Iterable[str], competence: Competence, body: str
) -> None:
    """Refuse findings that contradict each other; raises NotValidError beside the field."""
    if field and SubjectField(field) not in fields_of(kind):
        raise NotValidError(
            "field", "Lĩnh vực này không dùng cho loại đơn đã chọn.", "TT 02/2021/TT-TTCP"
        )
    if not set(missing) <= set(conditions_of(kind)):
        raise NotValidError(
            "missing_conditions",
            "Có điều kiện không áp dụng cho loại đơn đã chọn.",
            "TT 05/2021/TT-TTCP, Điều 6 khoản 2",
        )
    if body and competence == Competence.OWN:
        raise NotValidError(
            "competent_body", "Đơn thuộc thẩm quyền của Chủ tịch thì không ghi cơ quan khác."
        )
