using System.Globalization;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Tests.Support;

namespace Experiments.Client.Tests.Bucketing;

public sealed class HashFunctionsTests
{
    private static readonly Lazy<JsonElement[]> s_rows = new(() =>
        [.. JsonDocument.Parse(File.ReadAllBytes(Repository.Vectors("hash-vectors.json"))).RootElement.GetProperty("rows").EnumerateArray()]);

    [Theory]
    [InlineData("murmur3", "", 0x00000000)]
    [InlineData("fnv1a", "", 0x811c9dc5)]
    [InlineData("fnv1a", "foobar", 0xbf9cf968)]
    [InlineData("md5", "", 0xd41d8cd9)]
    [InlineData("md5", "abc", 0x90015098)]
    [InlineData("sha1", "abc", 0xa9993e364706816)]
    [InlineData("sha256", "abc", 0xba7816bf8f01cfea)]
    [InlineData("sha256le", "abc", 0xbf1678ba)]
    [InlineData("crc32", "", 0x00000000)]
    [InlineData("crc32", "123456789", 0xcbf43926)]
    public void Hash_PublishedCheckValues_Agree(string name, string text, ulong expected)
    {
        Assert.True(HashFunctions.TryParse(name, out HashFunction function));
        Assert.Equal(expected, HashFunctions.Hash(function, 0, text));
    }

    [Theory]
    [InlineData("growthbook-v1")]
    [InlineData("growthbook-v2")]
    [InlineData("eppo")]
    [InlineData("unleash-strategy")]
    [InlineData("launchdarkly")]
    [InlineData("flagd-v2")]
    [InlineData("optimizely")]
    [InlineData("statsig")]
    public void Hash_VectorsOfOtherProducts_Agree(string algorithm)
    {
        JsonElement[] rows = [.. s_rows.Value.Where(row => row.GetProperty("algo").GetString() == algorithm)
            .Where(row => !row.TryGetProperty("throws", out _) && !row.TryGetProperty("unitJson", out _))];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => AssertAgrees(algorithm, row));
    }

    private static void AssertAgrees(string algorithm, JsonElement row)
    {
        string unit = Vectors.ReadText(row, "unit");
        string salt = row.TryGetProperty("salt", out _) ? Vectors.ReadText(row, "salt") : "";
        switch (algorithm)
        {
            case "growthbook-v1":
                AssertBucket(row, HashFunction.Fnv1a, unit + salt, 1_000);
                break;
            case "growthbook-v2":
                AssertBucket(row, HashFunction.Fnv1a2, salt + unit, 10_000);
                break;
            case "eppo":
                AssertBucket(row, HashFunction.Md5, $"{salt}-{unit}", row.GetProperty("buckets").GetUInt64());
                break;
            case "unleash-strategy" when IsAscii(salt + unit):
                AssertBucket(row, HashFunction.Murmur3, $"{salt}:{unit}", 100, first: 1);
                break;
            case "launchdarkly" when row.TryGetProperty("hex15", out JsonElement hex):
                string input = row.TryGetProperty("seed", out JsonElement seed) && seed.ValueKind == JsonValueKind.Number
                    ? $"{seed.GetInt64()}.{unit}"
                    : $"{Vectors.ReadText(row, "flagKey")}.{salt}.{unit}";
                Assert.Equal(
                    ulong.Parse(hex.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture), HashFunctions.Hash(HashFunction.Sha1, 0, input));
                break;
            case "flagd-v2":
                AssertBucket(row, HashFunction.Murmur3, salt + unit, row.GetProperty("buckets").GetUInt64(), isScaled: true);
                break;
            case "optimizely":
                AssertBucket(row, HashFunction.Murmur3, unit + salt, 10_000, isScaled: true, hashSeed: 1);
                break;
            case "statsig":
                AssertBucket(row, HashFunction.Sha256, $"{salt}.{unit}", 10_000);
                break;
        }
    }

    private static void AssertBucket(
        JsonElement row, HashFunction function, string text, ulong count, bool isScaled = false, ulong first = 0, uint hashSeed = 0)
    {
        var space = new BucketSpace(HashFunctions.Bits(function), count, isScaled);
        Assert.Equal(row.GetProperty("bucket").GetUInt64(), space.BucketOf(HashFunctions.Hash(function, hashSeed, text)) + first);
    }

    private static bool IsAscii(string text) => text.All(char.IsAscii);
}
