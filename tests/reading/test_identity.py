"""Title, place and year, and "unknown" where the text does not say."""

from __future__ import annotations

import pytest

from cleaner.reading.identity import Identity, identify


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "政府工作报告\n\n——2024年2月20日在云泽县第十七届人民代表大会第四次会议上\n\n县长 李明",
            Identity("政府工作报告", "云泽县", "2024"),
        ),
        ("各位代表：\n\n一、2023年工作回顾\n\n正文。", Identity("unknown", "unknown", "2024")),
        (
            "柳溪县第十届人民代表大会胜利召开\n\n展望2025\n\n回眸2024\n\n正文。",
            Identity("柳溪县第十届人民代表大会胜利召开", "柳溪县", "2025"),
        ),
        ("今天天气很好，我们去散步。", Identity("unknown", "unknown", "unknown")),
        ("各位代表，现在，我代表国务院，向大会报告工作。", Identity("unknown", "全国", "unknown")),
    ],
)
def test_identity_is_read_from_the_face(text, expected):
    assert identify(text) == expected
