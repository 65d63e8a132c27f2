using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Experiments.Client.Targeting;

namespace Experiments.Client.Tests.Targeting;

/// <summary>The ways to give a context: attributes on the stack, a reusable context, JSON. A scalar is the same in all of them.</summary>
public sealed class SpanAttributesTests
{
    private static readonly Gen<string> s_name = Property.OneOf("a", "b", "a.b", "a.length", "tags.0", "", ".", "ü", "length", "A");

    private static readonly Gen<(string Name, string Json)> s_attribute = Gen.Select(
        s_name,
        Property.OneOf("null", "true", "false", "0", "-0.0", "5", "1e400", "0.1", "\"\"", "\"5\"", "\"pro\"", "\"\\ud83d\\ude00\""));

    private static readonly Gen<string> s_condition = Gen.Select(
        s_name,
        Property.OneOf("eq", "neq", "in", "notIn", "contains", "gt", "lt", "what"),
        Property.OneOf(
            ",\"value\":null", "", ",\"value\":true", ",\"value\":0", ",\"value\":5", ",\"value\":\"\"", ",\"value\":\"pro\"",
            ",\"value\":[null,0,\"pro\",false]", ",\"value\":{}", ",\"value\":[0,1,2,3,4,5,6,7,8,9,\"5\"]"))
        .Select((name, op, value) => $"{{\"attribute\":{JsonSerializer.Serialize(name)},\"operator\":\"{op}\"{value}}}");

    [Fact]
    public void Holds_ScalarContext_IsTheSameForSpanContextAndJson() => Property.Holds(
        Gen.Select(s_attribute.Array[0, 6], s_condition.Array[1, 3]),
        sample =>
        {
            string rules = $"[{{\"conditions\":[{string.Join(',', sample.Item2)}]}}]";
            string json = $"{{{string.Join(',', sample.Item1.Select(a => $"{JsonSerializer.Serialize(a.Name)}:{a.Json}"))}}}";
            ContextAttribute[] attributes = [.. sample.Item1.Select(a => Attribute(a.Name, a.Json))];
            bool expected = Conditions.Hold(rules, json);
            Assert.Equal(expected, Conditions.Hold(rules, new SpanAttributes(attributes)));
            Assert.Equal(expected, Conditions.Hold(rules, Context(sample.Item1)));
        },
        LongRun.Count(3_000, 300_000));

    [Fact]
    public void Holds_SameNameTwice_LastOneCounts()
    {
        string rules = SnapshotJson.Rule("plan", "eq", "\"pro\"");
        Assert.True(Conditions.Hold(rules, new SpanAttributes([("plan", "free"), ("plan", "pro")])));
        Assert.False(Conditions.Hold(rules, new SpanAttributes([("plan", "pro"), ("plan", "free")])));
    }

    [Fact]
    public void Holds_DefaultAttribute_IsIgnored() =>
        Assert.True(Conditions.Hold(SnapshotJson.Rule("a", "eq", "1"), new SpanAttributes([default, ("a", 1), default])));

    private static ContextAttribute Attribute(string name, string json)
    {
        JsonElement value = Parse(json);
        return value.ValueKind switch
        {
            JsonValueKind.Null => (name, (string?)null),
            JsonValueKind.True => (name, true),
            JsonValueKind.False => (name, false),
            JsonValueKind.Number => (name, value.GetDouble()),
            _ => (name, value.GetString()),
        };
    }

    private static DecisionContext Context((string Name, string Json)[] attributes)
    {
        var context = new DecisionContext();
        foreach ((string name, string json) in attributes)
        {
            JsonElement value = Parse(json);
            _ = value.ValueKind switch
            {
                JsonValueKind.Null => context.Set(name, null),
                JsonValueKind.True or JsonValueKind.False => context.Set(name, value.GetBoolean()),
                JsonValueKind.Number => context.Set(name, double.Parse(json, CultureInfo.InvariantCulture)),
                _ => context.Set(name, value.GetString()),
            };
        }

        return context;
    }

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
        return document.RootElement.Clone();
    }
}
