using System.Text;
using System.Text.Json;
using CsCheck;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>
/// A valid snapshot with bytes and JSON values changed at random: reading it never throws, and the fast path (deserialization) and the
/// one that names faults agree about what is valid.
/// </summary>
public sealed class SnapshotMutationTests
{
    private static readonly byte[] s_valid = SnapshotJson.Of($"[{SnapshotJson.Experiment(
        audienceRules: SnapshotJson.Rule("user.plan", "in", "[\"pro\",5,null]"),
        targetingRules: SnapshotJson.Rule("\\u0061ge", "gt", "1.5e3"))},{SnapshotJson.Experiment("second", salt: "s\\ud83d\\ude00")}]",
        extra: "\"\\u0078\":{\"unknown\":[true,false]},\"format\":1,");

    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e400", "9223372036854775807", "9223372036854775808", "\"\"", "\"\\ud800\"", "[]", "{}",
        "[null]", "[{}]", "{\"\\udfff\":1}", "nul", "",
    ];

    [Fact]
    public void Read_BytesChanged_NeverThrowsAndAgrees() => Property.Holds(
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, s_valid.Length - 1], Interesting()).Array[1, 4],
        changes =>
        {
            List<byte> json = [.. s_valid];
            foreach ((int kind, int position, byte value) in changes)
            {
                int at = position % json.Count;
                switch (kind)
                {
                    case 0: json[at] = value; break;
                    case 1: json.RemoveAt(at); break;
                    default: json.Insert(at, value); break;
                }
            }

            AssertAgrees([.. json]);
        },
        LongRun.Count(6_000, 2_000_000));

    [Fact]
    public void Read_ValuesChanged_NeverThrowsAndAgrees()
    {
        (int Start, int Length)[] spans = ValueSpans();
        Property.Holds(
            Gen.Select(Gen.Int[0, spans.Length - 1], Property.OneOf(s_values)).Array[1, 2],
            changes =>
            {
                string json = Encoding.UTF8.GetString(s_valid);

                // From the back, so that earlier positions stay right; of two that overlap one is left out.
                int end = json.Length;
                foreach ((int span, string value) in changes.OrderByDescending(change => spans[change.Item1].Start))
                {
                    (int start, int length) = spans[span];
                    if (start + length <= end)
                    {
                        json = $"{json[..start]}{value}{json[(start + length)..]}";
                        end = start;
                    }
                }

                AssertAgrees(Encoding.UTF8.GetBytes(json));
            },
            LongRun.Count(4_000, 1_000_000));
    }

    [Fact]
    public void Read_NamesChanged_NeverThrowsAndAgrees()
    {
        string json = Encoding.UTF8.GetString(s_valid);
        string[] names = ["version", "environment", "experiments", "id", "key", "salt", "variants", "allocations", "conditions", "attribute", "rangeEnd", "format"];
        string[] replacements = ["Version", "", "\\ud800", "\\u0076ersion", "x", "payload", "value", "\\udc00payload"];
        foreach (string name in names)
        {
            foreach (string replacement in replacements)
            {
                AssertAgrees(Encoding.UTF8.GetBytes(json.Replace($"\"{name}\":", $"\"{replacement}\":", StringComparison.Ordinal)));
            }
        }
    }

    private static Gen<byte> Interesting() =>
        Gen.OneOf(Gen.Byte, Property.OneOf([.. "{}[]\",:\\0123456789eE+-.tfnu \n"u8]), Property.OneOf<byte>(0xEF, 0xBB, 0xBF, 0xED, 0xA0, 0x80));

    private static void AssertAgrees(byte[] json)
    {
        SnapshotLoad load = SnapshotReader.Read(json, SnapshotJson.Environment, 1);
        Assert.NotEqual(load.IsAccepted, load.Faults.Count > 0);
        if (!System.Text.Unicode.Utf8.IsValid(json) || json.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return;
        }

        // Names the faults of the shape only; a snapshot of another version or environment has the right shape.
        bool hasRightShape = load.IsAccepted || load.Faults.All(fault => fault.Contains(" was asked for", StringComparison.Ordinal));
        Assert.True(
            hasRightShape == (SnapshotFaults.Find(json).Count == 0),
            $"{string.Join("; ", load.Faults)} for {Encoding.UTF8.GetString(json)}");
    }

    /// <summary>Where each value of the snapshot is: scalars, and the brackets of lists and objects with all that they hold.</summary>
    private static (int Start, int Length)[] ValueSpans()
    {
        List<(int Start, int Length)> spans = [];
        var starts = new Stack<int>();
        var reader = new Utf8JsonReader(s_valid);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    starts.Push((int)reader.TokenStartIndex);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    int start = starts.Pop();
                    spans.Add((start, (int)reader.TokenStartIndex + 1 - start));
                    break;
                case not JsonTokenType.PropertyName:
                    spans.Add(((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)));
                    break;
            }
        }

        return [.. spans];
    }
}
