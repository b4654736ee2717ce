-- Plans, sealed results and commendations: never closed, read as of by recordedAt.
CREATE TABLE IF NOT EXISTS {{table plans}}
(
    year UInt16,
    version UInt32,
    position UInt64,
    recordedAt Int64,
    document String
)
ENGINE = {{ReplacingMergeTree}}
ORDER BY (year, version);

{{spread plans by year}}

CREATE TABLE IF NOT EXISTS {{table freezes}}
(
    year UInt16,
    position UInt64,
    recordedAt Int64,
    document String
)
ENGINE = {{ReplacingMergeTree}}
ORDER BY (year, position);

{{spread freezes by year}}

CREATE TABLE IF NOT EXISTS {{table awards}}
(
    year UInt16,
    position UInt64,
    recordedAt Int64,
    document String,
    unit String
)
ENGINE = {{ReplacingMergeTree}}
ORDER BY (year, position);

{{spread awards by cityHash64(unit)}}
