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


@pytest.mark.parametrize(
    ("text", "place", "year"),
    [
        ("云泽县2024年政府工作报告\n\n正文", "云泽县", "2024"),
        ("政府工作报告（2024年）\n\n各位代表", "unknown", "2024"),
        ("2024年河东市云泽县人民政府工作报告\n\n正文", "云泽县", "2024"),
        ("在河东省青岗市柳溪区第五届人民代表大会上", "柳溪区", "unknown"),
        ("一、去年工作回顾\n\n2023年，各项事业稳步前进。", "unknown", "2024"),
        ("一、2023年国内工作回顾\n\n正文。", "unknown", "2024"),
        ("第十二届全国人民代表大会第一次会议以来的五年里，成绩显著。", "全国", "2018"),
        ("各位代表：云泽县委、县政府团结带领全县人民。", "云泽县", "unknown"),
    ],
)
def test_place_and_year_are_read_from_title_and_opening(text, place, year):
    said = identify(text)
    assert (said.place, said.year) == (place, year)
