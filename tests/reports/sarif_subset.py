"""The part of the SARIF 2.1.0 schema that our logs use, written down from the published standard.

The schema of OASIS is not shipped by a package that could be installed for tests, and tests fetch nothing. (sarif-tools and
check-jsonschema have none; the models of sarif-om and pysarif are of an earlier draft: a suppression has ``state`` there,
``status`` in the standard.) This subset is
closed (``additionalProperties: false`` as there) and as strict as the standard for every property in it; a log that uses
a property which is not here fails, so that the subset grows with the log.
"""

from __future__ import annotations


def closed(required, **properties):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


TEXT = {"type": "string"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
POSITIVE = {"type": "integer", "minimum": 1}
MESSAGE = closed(["text"], text=TEXT, markdown=TEXT)
ARTIFACT = closed(["uri"], uri={"type": "string", "format": "uri-reference"}, uriBaseId=TEXT)
REGION = closed(
    ["startLine"],
    startLine=POSITIVE,
    startColumn=POSITIVE,
    endLine=POSITIVE,
    endColumn=POSITIVE,
    snippet=closed(["text"], text=TEXT),
)
LOCATION = closed(
    [],
    physicalLocation=closed(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION),
    logicalLocations={"type": "array", "uniqueItems": True, "items": closed([], fullyQualifiedName=TEXT)},
)
RULE = closed(
    ["id"],
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed([], level=LEVEL),
)
RESULT = closed(
    ["message"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=MESSAGE,
    locations={"type": "array", "items": LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    suppressions={
        "type": "array",
        "uniqueItems": True,
        "items": closed(
            ["kind"],
            kind={"enum": ["inSource", "external"]},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification=TEXT,
        ),
    },
)
INVOCATION = closed(
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications={
        "type": "array",
        "items": closed(
            ["message"], level=LEVEL, message=MESSAGE, locations={"type": "array", "items": LOCATION}
        ),
    },
)
DRIVER = closed(
    ["name"], name=TEXT, version=TEXT, rules={"type": "array", "uniqueItems": True, "items": RULE}
)
RUN = closed(
    ["tool"],
    tool=closed(["driver"], driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations={"type": "array", "items": INVOCATION},
    results={"type": "array", "items": RESULT},
)
LOG = closed(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN},
)
