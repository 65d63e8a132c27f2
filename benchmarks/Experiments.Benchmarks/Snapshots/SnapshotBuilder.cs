using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Benchmarks.Snapshots;

/// <summary>
/// Snapshots with any number of experiments, about 1 KB of JSON each: two conditions that the context of <see cref="Contexts"/> passes,
/// so that every decision needs the hash; two or three variants with payloads; a salt of its own. The same bytes for the same count.
/// </summary>
internal static class SnapshotBuilder
{
    private const int Seed = 20_260_101;
    private const int BucketCount = 10_000;

    // Conditions on several attributes; each experiment has one of the pairs. The first pair is the one of Workload.Key.
    private static readonly (string Attribute, string Operator, string Operand)[] Conditions =
    [
        ("country", "in", """["CA","GB","US","DE"]"""),
        ("plan", "eq", "\"pro\""),
        ("platform", "in", """["android","ios"]"""),
        ("language", "eq", "\"en\""),
        ("age", "gt", "17"),
        ("beta", "eq", "true"),
    ];

    private static readonly (int First, int Second)[] Pairs = [(0, 1), (2, 3), (0, 4), (1, 5), (3, 1), (0, 2)];

    private static readonly string[] VariantKeys = ["control", "treatment", "treatment-two"];

    public static string KeyOf(int experiment) => $"checkout-button-{experiment:d5}";

    /// <param name="count">Number of experiments.</param>
    /// <param name="withFlag">Adds <see cref="Workload.FlagKey"/> after them.</param>
    /// <param name="environment">Name of the environment.</param>
    public static byte[] Build(int count, bool withFlag = false, string environment = Workload.Environment) => Write(environment, format: 1, json =>
    {
        var random = new Random(Seed);
        for (int i = 0; i < count; i++)
        {
            WriteExperiment(json, random, i);
        }

        if (withFlag)
        {
            WriteFlag(json, random);
        }
    });

    /// <summary>One experiment, or where the operator needs it one flag that splits the same way, for every user whose attribute
    /// <c>a</c> matches.</summary>
    public static byte[] BuildFor(OperatorCase operatorCase) => operatorCase.IsNested
        ? BuildFlagFor(operatorCase)
        : BuildFor([("a", operatorCase.Operator, operatorCase.Operand)], operatorCase.Format);

    /// <summary>One experiment for users who pass all conditions.</summary>
    public static byte[] BuildFor(IReadOnlyList<(string Attribute, string Operator, string Operand)> conditions, int format = 1) =>
        Write(Workload.Environment, format, json => WriteExperiment(json, new Random(Seed), 42, conditions));

    private static byte[] BuildFlagFor(OperatorCase operatorCase) => Encoding.UTF8.GetBytes(
        $$"""
        {"version":{{Workload.Version}},"environment":"{{Workload.Environment}}","publishedAt":"2026-01-01T00:00:00.000Z","experiments":[],"format":2,
        "hashes":{"split":{"fn":"murmur3","input":[{"attr":["$key"]},":{{NextId(new Random(Seed))}}"],"buckets":{{BucketCount}} } },
        "flags":[{"key":"{{KeyOf(42)}}","type":"string","variants":{"control":"#0066cc","treatment":"#00cc66"},"rules":[{"id":"split",
        "if":{"attribute":"a","operator":"{{operatorCase.Operator}}","if":{{operatorCase.Operand}} },
        "serve":{"hash":"split","ranges":[{"start":0,"end":{{BucketCount / 2}},"variant":"control"},{"start":{{BucketCount / 2}},"end":{{BucketCount}},"variant":"treatment"}]} }]}]}
        """);

    /// <summary>The salts of the experiments of <see cref="Build"/>, in their order.</summary>
    public static string[] Salts(byte[] snapshot)
    {
        using JsonDocument json = JsonDocument.Parse(snapshot);
        return [.. json.RootElement.GetProperty("experiments").EnumerateArray().Select(static e => e.GetProperty("salt").GetString()!)];
    }

    private static byte[] Write(string environment, int format, Action<Utf8JsonWriter> writeExperiments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Workload.Version);
            json.WriteString("environment", environment);
            json.WriteString("publishedAt", "2026-01-01T00:00:00.000Z");
            if (format > 1)
            {
                json.WriteNumber("format", format);
            }

            json.WriteStartArray("experiments");
            writeExperiments(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteExperiment(
        Utf8JsonWriter json, Random random, int number, IReadOnlyList<(string Attribute, string Operator, string Operand)>? conditions = null)
    {
        (int first, int second) = Pairs[number % Pairs.Length];
        json.WriteStartObject();
        json.WriteString("id", NextId(random));
        json.WriteString("key", KeyOf(number));
        json.WriteString("salt", NextId(random));
        json.WriteStartArray("audienceRules");
        json.WriteEndArray();
        WriteRules(json, conditions ?? [Conditions[first], Conditions[second]]);
        WriteSplit(json, random, variants: 2 + (number % 2));
        json.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter json, IReadOnlyList<(string Attribute, string Operator, string Operand)> conditions)
    {
        json.WriteStartArray("targetingRules");
        json.WriteStartObject();
        json.WriteStartArray("conditions");
        foreach ((string attribute, string op, string operand) in conditions)
        {
            json.WriteStartObject();
            json.WriteString("attribute", attribute);
            json.WriteString("operator", op);
            json.WritePropertyName("value");
            json.WriteRawValue(operand);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSplit(Utf8JsonWriter json, Random random, int variants)
    {
        string[] ids = [.. Enumerable.Range(0, variants).Select(_ => NextId(random))];
        json.WriteStartArray("variants");
        for (int i = 0; i < variants; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", ids[i]);
            json.WriteString("key", VariantKeys[i]);
            json.WritePropertyName("payload");
            json.WriteRawValue($$"""{"color":"#{{random.Next(0x1000000):x6}}","label":"Buy now, pay later","size":{{random.Next(10, 30)}},"steps":["cart","pay"]}""");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("allocations");
        for (int i = 0; i < variants; i++)
        {
            json.WriteStartObject();
            json.WriteString("variantId", ids[i]);
            json.WriteNumber("rangeStart", BucketCount * i / variants);
            json.WriteNumber("rangeEnd", (BucketCount * (i + 1) / variants) - 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFlag(Utf8JsonWriter json, Random random)
    {
        string id = NextId(random);
        json.WriteRawValue(Encoding.UTF8.GetBytes(
            $$"""
            {"id":"{{NextId(random)}}","key":"{{Workload.FlagKey}}","salt":"{{NextId(random)}}","audienceRules":[],"targetingRules":[],
            "variants":[{"id":"{{id}}","key":"on","payload":true}],"allocations":[{"variantId":"{{id}}","rangeStart":0,"rangeEnd":9999}]}
            """));
    }

    private static string NextId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
