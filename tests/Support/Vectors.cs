using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Experiments.Tests.Support;

/// <summary>The golden vectors of format 1, as raw text where a JSON reader would lose what they are about.</summary>
internal static class Vectors
{
    public static (IReadOnlyDictionary<string, VectorSnapshot> Snapshots, IReadOnlyList<VectorCase> Cases) ReadFormat1()
    {
        Dictionary<string, VectorSnapshot> snapshots = new(StringComparer.Ordinal);
        List<VectorCase> cases = [];
        foreach (string line in File.ReadLines(Repository.Vectors("format1-cases.ndjson")))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            if (row.GetProperty("t").GetString() == "snapshot")
            {
                VectorSnapshot snapshot = ReadSnapshot(row);
                snapshots.Add(snapshot.Id, snapshot);
            }
            else
            {
                cases.Add(ReadCase(row));
            }
        }

        return (snapshots, cases);
    }

    /// <summary>A string member that may be repeated as <c>...Utf16Hex</c>, because it holds a lone surrogate.</summary>
    public static string ReadText(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name + "Utf16Hex", out JsonElement hex))
        {
            return row.GetProperty(name).GetString()!;
        }

        string digits = hex.GetString()!;
        return string.Concat(Enumerable.Range(0, digits.Length / 4).Select(i =>
            (char)ushort.Parse(digits.AsSpan(i * 4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    private static VectorSnapshot ReadSnapshot(JsonElement row)
    {
        byte[] text = Encoding.UTF8.GetBytes(row.GetProperty("json").GetString()!);
        using JsonDocument snapshot = JsonDocument.Parse(text);
        return new VectorSnapshot(
            row.GetProperty("id").GetString()!,
            text,
            snapshot.RootElement.GetProperty("version").GetInt64(),
            snapshot.RootElement.GetProperty("environment").GetString()!);
    }

    private static VectorCase ReadCase(JsonElement row) => new(
        row.GetProperty("n").GetInt32(),
        row.GetProperty("snapshot").GetString()!,
        ReadText(row, "userKey"),
        Encoding.UTF8.GetBytes(row.GetProperty("contextJson").GetString()!),
        [.. row.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetInt32())],
        Encoding.UTF8.GetBytes(row.GetProperty("expected").GetRawText()));
}
