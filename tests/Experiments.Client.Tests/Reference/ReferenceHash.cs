using System.Numerics;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>The bucket that a hash of a snapshot gives one user.</summary>
internal sealed class ReferenceHash(string userKey, JsonElement context, Action<string>? observe)
{
    /// <summary>Null where a unit is missing and the hash says to skip, and where there are no buckets.</summary>
    public BigInteger? Bucket(JsonElement hash)
    {
        BigInteger buckets = RawJson.Integer(RawJson.Member(hash, "buckets")!.Value);
        if (buckets.IsZero)
        {
            observe?.Invoke("no buckets");
            return null;
        }

        string text = "";
        foreach (JsonElement part in RawJson.Items(RawJson.Member(hash, "input")))
        {
            string? next = RawJson.IsString(part) ? RawJson.Text(part) : Unit(part);
            if (next is null)
            {
                return Missing(hash);
            }

            text += next;
        }

        string function = RawJson.TextMember(hash, "fn")!;
        (ulong value, int bits) = HashFunctions.Compute(function, text, (uint)RawJson.IntegerMember(hash, "seed", 0));
        bool scale = RawJson.BooleanMember(hash, "scale", false);
        observe?.Invoke($"hash {function} {(scale ? "scaled" : "modulo")}");
        return scale ? (value * buckets) >> bits : value % buckets;
    }

    private BigInteger? Missing(JsonElement hash)
    {
        string missing = RawJson.TextMember(hash, "missing") ?? "skip";
        observe?.Invoke("missing " + missing);
        return missing switch
        {
            "skip" => null,
            "zero" => BigInteger.Zero,
            _ => throw new NotSupportedException("A random bucket cannot be compared."),
        };
    }

    private string? Unit(JsonElement unit)
    {
        string counted = RawJson.TextMember(unit, "as") ?? "string";
        foreach (JsonElement attribute in RawJson.Items(RawJson.Member(unit, "attr")))
        {
            string? text = RawJson.IsString(attribute) && RawJson.Text(attribute) == "$key"
                ? KeyText(counted)
                : Text(AttributeLookup.Find(attribute, context, element: null), counted);
            if (text is not null)
            {
                observe?.Invoke("as " + counted);
                return text;
            }
        }

        observe?.Invoke($"as {counted} missing");
        return null;
    }

    /// <summary>The user key is a string like any other.</summary>
    private string? KeyText(string counted) => counted == "truthy" && userKey.Length == 0 ? null : userKey;

    private static string? Text(JsonElement? found, string counted)
    {
        if (found is not { } value)
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                string text = RawJson.Text(value);
                return counted == "truthy" && text.Length == 0 ? null : text;
            case JsonValueKind.Number:
                double number = value.GetDouble();
                bool counts = counted switch
                {
                    "any" => true,
                    "truthy" => number != 0 && !double.IsNaN(number),
                    "int" => double.IsInteger(number),
                    _ => false,
                };
                return counts ? EcmaScriptNumber.Text(number) : null;
            case JsonValueKind.True:
                return counted is "any" or "truthy" ? "true" : null;
            case JsonValueKind.False:
                return counted is "any" ? "false" : null;
            default:
                return null;
        }
    }
}
