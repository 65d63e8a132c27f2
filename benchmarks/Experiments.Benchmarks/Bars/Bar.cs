using System.Text.Json.Serialization;

namespace Experiments.Benchmarks.Bars;

/// <summary>A row of the table: what was measured, and what is to be reached.</summary>
internal sealed record Bar
{
    /// <summary>Stable name.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>What it is measured against or in: <c>limit</c>, <c>JSON bytes</c>, <c>ms</c>.</summary>
    public required string Unit { get; init; }

    public required double Measured { get; init; }

    /// <summary>At most this; null where there is no bar of this kind.</summary>
    public double? AtMost { get; init; }

    /// <summary>At least this; null where there is no bar of this kind.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Allocated by one of the work; null where it was not measured.</summary>
    public double? AllocatedBytes { get; init; }

    /// <summary>At most so many; null where none is promised.</summary>
    public double? AllocatedAtMost { get; init; }

    /// <summary>Null where the row has no bar: it is there to be read.</summary>
    public bool? Pass => AtMost is null && AtLeast is null && AllocatedAtMost is null
        ? null
        : !(Measured > AtMost) && !(Measured < AtLeast) && !(AllocatedBytes > AllocatedAtMost);

    /// <summary>Times and other figures behind the measured one.</summary>
    public Dictionary<string, double> Details { get; init; } = [];

    [JsonIgnore]
    public bool HasBar => Pass is not null;

    public static Bar From(Comparison comparison, string id, string title, string unit = "limit", double scale = 1) => new()
    {
        Id = id,
        Title = title,
        Unit = unit,
        Measured = comparison.Ratio * scale,
        Details =
        {
            ["lowerQuartile"] = comparison.Low * scale,
            ["upperQuartile"] = comparison.High * scale,
            ["workNs"] = comparison.WorkNs,
            ["againstNs"] = comparison.AgainstNs,
        },
    };
}
