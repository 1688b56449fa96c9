"""The tiny valid dataset that every bad one deviates from: each kind and each field at least once."""

DATASET = {
    "format": "liantu/1", "id": "tiny", "title": "小城产业链", "home": "xinxiang", "as_of": "2022-12-07",
    "sources": [{"id": "plan", "title": "十四五规划", "publisher": "市政府", "date": "2022-12-07"},
                {"id": "web", "title": "网页"}],
}

RECORDS = {
    "chains": [
        {"id": "battery", "name": "动力电池", "tier": "emerging",
         "segments": [{"id": "materials", "name": "材料", "stage": "upstream"},
                      {"id": "cells", "name": "电芯", "stage": "midstream"},
                      {"id": "reuse", "name": "回收", "stage": "support"}],
         "goal": {"metric": "产值", "value": 500, "unit": "亿元", "year": 2025},
         "baseline": {"metric": "产值", "value": 180.5, "unit": "亿元", "year": 2020},
         "source": "plan#专栏八", "basis": "stated"},
        {"id": "robots", "name": "机器人", "tier": "future",
         "segments": [{"id": "drives", "name": "驱动", "stage": "midstream"},
                      {"id": "bodies", "name": "本体", "stage": "downstream"}]},
        {"id": "hydrogen", "name": "氢能", "tier": "other",
         "segments": [{"id": "stacks", "name": "电堆", "stage": "midstream"}]},
    ],
    "links": [
        {"id": "junction-a", "name": "正极组件", "chain": "battery", "abstract": True},
        {"id": "junction-b", "name": "涂布组件", "chain": "battery", "abstract": True},
        {"id": "junction-c", "name": "卷绕组件", "chain": "battery", "abstract": True},
        {"id": "lithium", "name": "锂盐", "chain": "battery", "segment": "materials", "demand": 2,
         "importance": 0.9, "choke": True, "survey": "complete", "source": ["plan#专栏八", "web#首页"]},
        {"id": "cathode", "name": "正极材料", "aliases": ["正极"], "chain": "battery", "segment": "materials",
         "basis": "inferred", "note": "三元与磷酸铁锂"},
        {"id": "separator", "name": "隔膜", "chain": "battery", "segment": "materials", "survey": "none"},
        {"id": "electrolyte", "name": "电解液", "chain": "battery", "segment": "materials", "priority": True},
        {"id": "bms", "name": "电池管理系统", "chain": "battery", "demand": 0.5},
        {"id": "cell", "name": "电芯", "chain": "battery", "segment": "cells", "also": ["robots"],
         "codes": {"gbt4754-2017": ["3841"], "sei-2018": ["5.1.1"], "hs": ["850760"]}},
        {"id": "recycling", "name": "电池回收", "chain": "battery", "segment": "reuse", "final": True},
        {"id": "servo", "name": "伺服电机", "chain": "robots", "segment": "drives"},
        {"id": "robot", "name": "工业机器人", "chain": "robots", "segment": "bodies"},
    ],
    "firms": [
        {"id": "kelong", "name": "科隆", "region": "xinxiang", "zone": "gaoxin", "grade": "leader",
         "tags": ["上市"], "uscc": "91350100M000100Y43"},
        {"id": "huaxin", "name": "华鑫", "region": "yanjin", "grade": "growing"},
        {"id": "byd", "name": "比亚迪", "region": "guangdong", "grade": "leader"},
    ],
    "institutions": [
        {"id": "normal-university", "name": "师范大学", "type": "university", "region": "xinxiang"},
        {"id": "ion-institute", "name": "离子所", "type": "institute", "region": "guangdong"},
        {"id": "test-platform", "name": "检测平台", "type": "platform", "zone": "gaoxin"},
    ],
    "zones": [
        {"id": "gaoxin", "name": "高新区", "type": "zone", "level": "national"},
        {"id": "battery-park", "name": "电池园", "type": "park", "level": "municipal", "parent": "gaoxin"},
    ],
    "regions": [
        {"id": "cn", "name": "中国"},
        {"id": "henan", "name": "河南", "parent": "cn"},
        {"id": "xinxiang", "name": "新乡", "parent": "henan"},
        {"id": "yanjin", "name": "延津", "parent": "xinxiang"},
        {"id": "guangdong", "name": "广东", "parent": "cn"},
    ],
    "agencies": [
        {"id": "development-office", "name": "发改委"},
        {"id": "industry-office", "name": "工信局", "aliases": ["工信委"]},
    ],
    "projects": [
        {"id": "cell-plant", "name": "电芯项目", "stage": "signed", "firm": "byd", "zone": "gaoxin", "invest": 20.5},
        {"id": "servo-plant", "name": "伺服项目", "stage": "operating", "zone": "battery-park"},
    ],
    "channels": [
        {"id": "canton-fair", "name": "广交会", "type": "fair", "region": "guangdong", "chains": ["battery", "robots"]},
        {"id": "green-fund", "name": "绿色基金", "type": "fund"},
    ],
    "kpis": [
        {"id": "battery-output", "name": "电池产值", "metric": "产值", "value": 500, "unit": "亿元", "year": 2025,
         "scope": "battery", "actual": 210},
        {"id": "zone-output", "name": "高新区产值", "metric": "产值", "value": 90, "unit": "亿元", "year": 2025,
         "scope": "gaoxin"},
    ],
    "supply": [
        {"from": "lithium", "to": "cathode", "need": "required", "share": 0.4},
        {"from": "lithium", "to": "electrolyte"},
        {"from": "cathode", "to": "junction-a"},
        {"from": "junction-a", "to": "junction-b"},
        {"from": "junction-b", "to": "junction-c"},
        {"from": "junction-c", "to": "cell"},
        {"from": "separator", "to": "cell", "group": "路线", "k": 2},
        {"from": "electrolyte", "to": "cell", "group": "路线", "k": 2},
        {"from": "bms", "to": "cell", "group": "路线", "k": 2},
        {"from": "cell", "to": "robot", "source": "plan#专栏八", "basis": "assumed"},
        {"from": "servo", "to": "robot", "need": "optional"},
        {"from": "cell", "to": "recycling"},
        {"from": "recycling", "to": "lithium", "need": "optional"},
        {"from": "cell", "to": "junction-a"},
    ],
    "capability": [
        {"from": "kelong", "to": "cathode", "level": 0.75},
        {"from": "kelong", "to": "cathode", "level": 0.25, "role": "research"},
        {"from": "huaxin", "to": "separator", "level": 1, "role": "service"},
        {"from": "cell-plant", "to": "cell", "level": 1},
        {"from": "servo-plant", "to": "servo"},
        {"from": "normal-university", "to": "lithium", "level": 0.5},
    ],
    "trade": [
        {"from": "huaxin", "to": "kelong", "amount": 1.5, "link": "separator"},
        {"from": "kelong", "to": "byd"},
    ],
    "focus": [
        {"from": "gaoxin", "to": "cell"},
        {"from": "battery-park", "to": "robots"},
    ],
    "prospect": [
        {"from": "byd", "to": "cell", "role": "produce"},
        {"from": "byd", "to": "cell", "role": "customer"},
        {"from": "ion-institute", "to": "battery", "role": "research"},
    ],
    "origin": [
        {"from": "guangdong", "to": "robot"},
        {"from": "guangdong", "to": "battery"},
    ],
    "lead": [
        {"from": "development-office", "to": "battery", "role": "leader"},
        {"from": "kelong", "to": "battery", "role": "alliance"},
        {"from": "industry-office", "to": "robots", "role": "unit"},
    ],
}

# How each kind stands in its file when the defect is elsewhere; capability is a folder of two files.
LAYOUTS = {
    "dataset": "pretty", "chains": "pretty", "links": "lines", "firms": "ndjson", "institutions": "lines",
    "zones": "pretty", "regions": "lines", "agencies": "lines", "projects": "ndjson", "channels": "pretty",
    "kpis": "lines", "supply": "lines", "capability": "folder", "trade": "ndjson", "focus": "lines",
    "prospect": "pretty", "origin": "lines", "lead": "lines",
}
