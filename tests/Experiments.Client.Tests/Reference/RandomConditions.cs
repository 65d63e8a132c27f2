namespace Experiments.Client.Tests.Reference;

/// <summary>Conditions of format 2 in every shape; those on names take them from lists that also have names of nothing.</summary>
internal sealed class RandomConditions(RandomJson json, RandomValues values, RandomOperators operators, RandomHashes hashes)
{
    private const int MaxDepth = 3;

    /// <param name="flagKeys">Of flags that may be asked for.</param>
    /// <param name="audiences">That may be named.</param>
    /// <param name="depth">How many conditions this one is inside of.</param>
    /// <param name="inElement">Whether this is inside the <c>if</c> of size or some.</param>
    public string Condition(string[] flagKeys, string[] audiences, int depth = 0, ValueKind? inElement = null)
    {
        string Nested() => Condition(flagKeys, audiences, depth + 1, inElement);
        int shape = json.Below(depth >= MaxDepth ? 66 : 100);
        return shape switch
        {
            < 46 => OnAttribute(flagKeys, audiences, depth, inElement),
            < 51 => hashes.BucketTest(),
            < 55 when flagKeys.Length > 0 => HasVariant(json.OneOf(flagKeys)),
            < 58 when audiences.Length > 0 => json.Object(("audience", json.String(json.OneOf(audiences)))),
            < 62 => Window(),
            62 when json.Chance(30) => json.Object(("error", json.String(json.OneOf("MALFORMED", "GENERAL", "PARSE_ERROR", "UNMAPPED")))),
            < 66 => json.OneOf("true", "true", "false"),
            < 78 => json.Object(("all", json.Array(RandomJson.Times(json.OneOf(0, 1, 2, 2, 2, 3, 3, 4), Nested)))),
            < 91 => json.Object(("any", json.Array(RandomJson.Times(json.OneOf(0, 1, 2, 2, 2, 3, 3, 4), Nested)))),
            _ => json.Object(("not", Nested())),
        };
    }

    /// <summary>A few on attributes that all have to hold.</summary>
    public string OnAttributes() => json.Object(("all", json.Array(RandomJson.Times(json.Between(1, 3), () =>
        operators.Condition(json.OneOf("eq", "neq", "in", "notIn", "gt", "startsWith", "exists", "type"), null)))));

    private string OnAttribute(string[] flagKeys, string[] audiences, int depth, ValueKind? inElement)
    {
        string op = operators.Any();
        if (op is not ("size" or "some"))
        {
            return operators.Condition(op, inElement);
        }

        ValueKind array = json.OneOf(ValueKind.TextList, ValueKind.ObjectList);
        ValueKind element = op == "size" ? ValueKind.Number : array == ValueKind.TextList ? ValueKind.Text : ValueKind.ObjectList;
        string nested = depth >= MaxDepth || json.Chance(40)
            ? operators.Condition(json.OneOf("eq", "gte", "lt", "in", "contains", "exists", "type"), element)
            : Condition(flagKeys, audiences, depth + 1, element);
        return operators.Nesting(op, array, json.Chance(96) ? nested : null, inElement);
    }

    private string HasVariant(string flagKey) => json.Object(
        ("flag", json.String(flagKey)),
        ("variants", json.Array(RandomJson.Times(json.Below(4), () => json.StringOrNull(json.OneOf("a", "b", "on", "off", "nope", null))))));

    private string Window()
    {
        int bounds = json.Between(1, 3);
        return json.Object(
            ("after", (bounds & 1) == 0 ? null : json.String(values.TimeText(3))),
            ("before", (bounds & 2) == 0 ? null : json.String(values.TimeText(3))));
    }
}
