"""Units of Chinese public documents: surface form -> canonical unit and dimension.

The dimension decides the kind of a figure: what is counted one by one is a ``count``, what is measured is a
``level``. Canonical units keep the measure that was written (斤 stays 斤), so that nothing is converted
silently; only spellings are folded (名 and 位 are 人, ug is μg).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit and what it measures."""

    name: str
    dimension: str


_TABLE = {
    "money": "元 美元 欧元 日元 港元 英镑 卢布 元人民币",
    "area": "亩 亩次 公顷 平方公里 平方千米 平方米 平米 ㎡ m² m2 km² 平方",
    "mass": "吨 公斤 千克 斤 克 毫克 吨标准煤 吨标煤 载重吨",
    "length": "公里 千米 米 厘米 毫米 纳米 微米 海里 车道公里 延米 km 华里",
    "volume": "立方米 立方 m³ m3 升 毫升 标准立方米 桶",
    "energy": "千瓦时 千瓦 兆瓦 瓦 千伏安 兆伏安 千伏 千乏 kWh kW MW GW kV MVA kVA 度电 马力",
    "rate": "μg/m³ μg/m3 ug/m³ ug/m3 微克/立方米 微克每立方米 毫克/升 毫克/立方米 mg/L 公斤/亩 千克/亩 元/吨 元/亩 "
    "元/人 吨/日 吨/天 吨/年 公里/小时 吨公里 人公里",
    "temperature": "摄氏度 ℃ °C",
    "data": "P Gbps Mbps GB TB PB 兆 EFLOPS PFLOPS 比特 字节 量子比特",
    "people": "人 名 位 人次 人份 人口",
    "count": "个 家 户 户次 件 件次 次 场 场次 条 处 座 所 张 起 宗 剂 剂次 轮 笔 支 项 项次 篇 本 部 台 "
    "台套 台次 辆 套 间 栋 幢 艘 艘次 架 架次 列 班 班次 班列 趟 "
    "只 头 羽 匹 株 棵 口 眼 盏 孔 块 片 对 册 幅 枚 粒 份 例 款 种 类 站 "
    "车次 课时 学时 颗 顶 箱 瓶 标箱 标准箱 TEU 桩 尾 门 面 组 队 层 车位 床 单 副 根 扇 处次 批 批次 条次 家次 大 级 "
    "院 校 厂 店 点 金 银 铜 英寸 重量箱 国 省 市 县 区 镇 乡 村 社区 街道 方面 倍 番 "
    "股 届 环 席 把 杆 盘 棚 车 船",
    "percent": "% ％ 个百分点 百分点 ‰ 成",
    "duration": "年 个月 周 天 小时 分钟 秒 岁 周年 个工作日 工作日 个季度 个小时 学年 个学期 个多月 分",
    "calendar": "月 日 年代 世纪 季度 月份",
}
_CANONICAL = {
    "名": "人", "金": "枚", "银": "枚", "铜": "枚", "位": "人", "人口": "人", "大": "个", "％": "%", "百分点": "个百分点",
    "平米": "平方米", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "m3": "m³",
    "立方": "立方米", "千克": "公斤", "元人民币": "元", "km": "公里",
    "ug/m³": "μg/m³", "ug/m3": "μg/m³", "μg/m3": "μg/m³",
    "微克/立方米": "μg/m³", "微克每立方米": "μg/m³", "km²": "平方公里",
    "平方千米": "平方公里", "℃": "摄氏度", "°C": "摄氏度", "千克/亩": "公斤/亩",
    "台套": "台", "吨标煤": "吨标准煤", "个工作日": "工作日", "个小时": "小时", "kW": "千瓦",
    "MW": "兆瓦", "kV": "千伏", "kWh": "千瓦时",
}  # fmt: skip

UNITS = {
    surface: Unit(_CANONICAL.get(surface, surface), dimension)
    for dimension, words in _TABLE.items()
    for surface in words.split()
}

# Units that are also the first character of a common word: what may not follow them.
_NOT_BEFORE_TABLE = """
人 民政|大(?:代表|会|常|监|和|、)|才|均|工智|居|力资|社局|防
家 庭|园|乡|电|政|居|具|长(?!三)
个 人(?:所得|账户|信息|体)
年 年|产|均|度任务
户 籍|外|厕
位 于|居|列|次|置|一体|数
条 件|例|款
名 列|牌|优(?!秀|质)|录
处 理|置|于|长|级
次 产|要|性|数|级
场 所|馆|景|镇
起 来|到|步|点|草
部 门|分|署
点 的|名|亮
面 积|对|向|临
组 织|建|成
对 外|接|口|标|于
门 类|口|户
市 场|民|委|政|属|域|容
区 域|块|县
国 家|有|企|内|际|道
省 道|级|市|委
成 立|果|效|功|为|本|熟|员|长|都
分 别|类|之|级|析|担|配|布|工|中心|厂|散
校 园|企|区
院 士|校|院
金 [^0-9银铜牌，。、；]
银 [^0-9铜牌，。、；]
铜 [^0-9牌，。、；]
村 民|级|委|集|庄|寨
县 域|级|城|委|乡
镇 级|域
天 然|津|气
周 边|转|年|期
大 力|众|型|学|于|道|桥
米 面
只 争|要|有|能
口 岸|径|碑|袋
本 地|级|科|土|县|市|省|次
台 阶|湾|账
环 境|节|保|比|评
股 权|份|东
届 时|满|中|次
班 子|组
站 位|式|点
车 间|辆|险
单 位|个|项|一|元
份 额
类 似|型
种 植|养|子|业|源|粮
片 区
层 级|面|次
队 伍|员
套 餐|装|取
列 入|为|全|第
批 发|准|复|零|而
升 级|规|至|学
克 服|拉
P [A-Za-z0-9]
倍 增
间 接|隔
乡 村|镇|级|土
厂 区|房
支 持|撑|出|付|部|农|行
船 舶
"""
_NOT_BEFORE = dict(line.split(" ", 1) for line in _NOT_BEFORE_TABLE.split("\n") if line)


def _alternative(surface: str) -> str:
    followed = _NOT_BEFORE.get(surface, "")
    return re.escape(surface) + (f"(?!{followed})" if followed else "")


_MEASURED = [s for s in sorted(UNITS, key=len, reverse=True) if UNITS[s].dimension != "calendar"]
UNIT = "|".join(_alternative(s) for s in _MEASURED)
"""Alternatives of every unit of measure, longest first; calendar units are read by the grammar of dates."""
LONGEST_UNIT = len(_MEASURED[0])
_FIRSTS = frozenset(s[0] for s in _MEASURED)


@cache
def _beginning_with(first: str) -> re.Pattern[str]:
    units = "|".join(_alternative(s) for s in _MEASURED if s[0] == first)
    return re.compile(f"(?:{units})(?P<odd>[余多])?")


def unit_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The unit at ``start`` with an 余 or 多 (``odd``) behind it. Only those are tried that begin with its first character."""
    first = text[start : start + 1]
    return _beginning_with(first).match(text, start, end) if first in _FIRSTS else None
