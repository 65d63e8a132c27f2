using System.Text.Json;

namespace Experiments.Control.Compilation;

/// <summary>What a rule serves: one variant, or a split.</summary>
internal abstract record CompiledServe
{
    /// <param name="variantKey">Null is the caller's fallback.</param>
    public static CompiledServe Of(string? variantKey) => new PlainServe(variantKey);

    /// <param name="hash">Whose buckets.</param>
    /// <param name="ranges">Half-open, in the hash's own space.</param>
    /// <param name="isTracked">Whether it exposes its users to the experiment.</param>
    public static CompiledServe Of(
        string hash, IReadOnlyList<(ulong Start, ulong End, string? VariantKey)> ranges, bool isTracked = true) =>
        new SplitServe(hash, ranges, isTracked);

    public abstract void Write(Utf8JsonWriter writer);

    private sealed record PlainServe(string? VariantKey) : CompiledServe
    {
        public override void Write(Utf8JsonWriter writer) => writer.WriteStringValue(VariantKey);
    }

    private sealed record SplitServe(
        string Hash, IReadOnlyList<(ulong Start, ulong End, string? VariantKey)> Ranges, bool IsTracked) : CompiledServe
    {
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("hash", Hash);
            writer.WriteStartArray("ranges");
            foreach ((ulong start, ulong end, string? variantKey) in Ranges)
            {
                writer.WriteStartObject();
                writer.WriteNumber("start", start);
                writer.WriteNumber("end", end);
                writer.WriteString("variant", variantKey);
                if (!IsTracked)
                {
                    writer.WriteBoolean("track", false);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
