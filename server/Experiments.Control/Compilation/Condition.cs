using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Compilation;

/// <summary>A condition of snapshot format 2.</summary>
internal abstract record Condition
{
    public static Condition True { get; } = new AllCondition([]);

    public static Condition All(params IEnumerable<Condition> conditions)
    {
        Condition[] all = [.. conditions.SelectMany(static condition => condition is AllCondition nested ? nested.Conditions : [condition])];
        return all is [var only] ? only : new AllCondition(all);
    }

    public static Condition Not(Condition condition) => new NotCondition(condition);

    /// <summary>Rules are ORed, their conditions ANDed; no rules are everyone.</summary>
    public static Condition Of(TargetingRuleDocument[] rules) => rules.Length == 0 || rules.Any(static rule => rule.Conditions.Length == 0)
        ? True
        : new AnyCondition([.. rules.Select(static rule => All(rule.Conditions.Select(static condition => new AttributeCondition(condition))))]);

    public static Condition Within(ScheduleDefinition? schedule) => Within(schedule?.From, schedule?.Until);

    public static Condition Within(DateTimeOffset? from, DateTimeOffset? until) =>
        from is null && until is null ? True : new TimeCondition(from, until);

    public static Condition In(string hash, params IEnumerable<BucketRange> buckets) =>
        new BucketCondition(hash, [.. buckets.Select(static range => ((ulong)range.Start, (ulong)range.End))]);

    public static Condition InAny(string hash, IEnumerable<uint> buckets) =>
        new BucketCondition(hash, [.. buckets.Distinct().Order().Select(static bucket => ((ulong)bucket, bucket + 1UL))]);

    public static Condition Audience(string name) => new AudienceCondition(name);

    public static Condition Serves(PrerequisiteDefinition prerequisite) => new FlagCondition(prerequisite);

    public bool IsTrue => this is AllCondition { Conditions.Count: 0 };

    public abstract void Write(Utf8JsonWriter writer);

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<Condition> conditions)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(name);
        foreach (Condition condition in conditions)
        {
            condition.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed record AllCondition(IReadOnlyList<Condition> Conditions) : Condition
    {
        public override void Write(Utf8JsonWriter writer) => WriteList(writer, "all", Conditions);
    }

    private sealed record AnyCondition(IReadOnlyList<Condition> Conditions) : Condition
    {
        public override void Write(Utf8JsonWriter writer) => WriteList(writer, "any", Conditions);
    }

    private sealed record NotCondition(Condition Negated) : Condition
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("not");
            Negated.Write(writer);
            writer.WriteEndObject();
        }
    }

    private sealed record AttributeCondition(ConditionDocument Document) : Condition
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("attribute", Document.Attribute);
            writer.WriteString("operator", Document.Operator);
            writer.WritePropertyName("value");
            Document.Value.WriteTo(writer);
            writer.WriteEndObject();
        }
    }

    private sealed record TimeCondition(DateTimeOffset? From, DateTimeOffset? Until) : Condition
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            if (From is { } from)
            {
                writer.WriteString("after", UtcTime.Write(from));
            }

            if (Until is { } until)
            {
                writer.WriteString("before", UtcTime.Write(until));
            }

            writer.WriteEndObject();
        }
    }

    private sealed record BucketCondition(string Hash, IReadOnlyList<(ulong Start, ulong End)> Ranges) : Condition
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("hash", Hash);
            writer.WriteStartArray("ranges");
            foreach ((ulong start, ulong end) in Ranges)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(start);
                writer.WriteNumberValue(end);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private sealed record AudienceCondition(string Name) : Condition
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("audience", Name);
            writer.WriteEndObject();
        }
    }

    private sealed record FlagCondition(PrerequisiteDefinition Prerequisite) : Condition
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("flag", Prerequisite.FlagKey);
            writer.WriteStartArray("variants");
            foreach (string variant in Prerequisite.Variants)
            {
                writer.WriteStringValue(variant);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
