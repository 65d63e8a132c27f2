using Experiments.Client;
using Experiments.Client.Json;

namespace Experiments.Decide.Endpoints.Answers;

/// <summary>One flag in an answer. Written when it is asked for: few callers ask, and prepared bytes would hold every value twice.</summary>
internal static class FlagEntry
{
    private static ReadOnlySpan<byte> BeforeKey => "{\"key\":\""u8;

    private static ReadOnlySpan<byte> BeforeVariant => "\",\"variant\":\""u8;

    // The quote that ends the variant's key is before it, so that "no variant" can go without.
    private static ReadOnlySpan<byte> BeforeValue => "\",\"value\":"u8;

    private static ReadOnlySpan<byte> NoVariant => "\",\"variant\":null,\"value\":null"u8;

    private static ReadOnlySpan<byte> BeforeReason => ",\"reason\":\""u8;

    private static ReadOnlySpan<byte> BeforeRule => "\",\"rule\":\""u8;

    private static ReadOnlySpan<byte> BeforeError => "\",\"error\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    public static int Length(Decision decision)
    {
        int length = BeforeKey.Length + JsonString.Length(decision.Key)
            + BeforeReason.Length + JsonString.Length(decision.ReasonText) + End.Length;
        length += decision is { VariantKey: { } variantKey }
            ? BeforeVariant.Length + JsonString.Length(variantKey) + BeforeValue.Length + decision.Variant!.PayloadUtf8.Length
            : NoVariant.Length;
        length += decision.RuleId is { } rule ? BeforeRule.Length + JsonString.Length(rule) : 0;
        return length + (decision.Fault is { } fault ? BeforeError.Length + JsonString.Length(fault) : 0);
    }

    /// <param name="decision">Of a flag.</param>
    /// <param name="free">At least <see cref="Length"/> long.</param>
    public static void Write(Decision decision, Span<byte> free)
    {
        Append(ref free, BeforeKey, decision.Key);
        if (decision.VariantKey is { } variantKey)
        {
            Append(ref free, BeforeVariant, variantKey);
            Append(ref free, BeforeValue);
            Append(ref free, decision.Variant!.PayloadUtf8.Span);
        }
        else
        {
            Append(ref free, NoVariant);
        }

        Append(ref free, BeforeReason, decision.ReasonText);
        if (decision.RuleId is { } rule)
        {
            Append(ref free, BeforeRule, rule);
        }

        if (decision.Fault is { } fault)
        {
            Append(ref free, BeforeError, fault);
        }

        Append(ref free, End);
    }

    private static void Append(ref Span<byte> free, ReadOnlySpan<byte> before, string text)
    {
        Append(ref free, before);
        free = free[JsonString.Write(text, free)..];
    }

    private static void Append(ref Span<byte> free, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(free);
        free = free[bytes.Length..];
    }
}
