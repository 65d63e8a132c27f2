using System.Globalization;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>The published vectors of other products' hashes, each written as a hash of the format.</summary>
public sealed class ReferenceHashVectorTests
{
    private static readonly JsonElement[] s_rows =
        [.. JsonElement.Parse(File.ReadAllBytes(Repository.Vectors("hash-vectors.json"))).GetProperty("rows").EnumerateArray()];

    [Theory]
    [InlineData("seed", "murmur3", 0, false, 10_000, 131)]
    [InlineData("growthbook-v1", "fnv1a", 0, false, 1_000, 72)]
    [InlineData("growthbook-v2", "fnv1a2", 0, false, 10_000, 72)]
    [InlineData("eppo", "md5", 0, false, 0, 89)]
    [InlineData("unleash-strategy", "murmur3", 0, false, 100, 72)]
    [InlineData("unleash-variant", "murmur3", 86_028_157, false, 0, 72)]
    [InlineData("flagd-v2", "murmur3", 0, true, 0, 66)]
    [InlineData("optimizely", "murmur3", 1, true, 10_000, 33)]
    [InlineData("statsig", "sha256", 0, false, 10_000, 33)]
    public void Bucket_EveryRow_IsTheVectors(string algorithm, string function, int seed, bool scale, int buckets, int atLeast)
    {
        JsonElement[] rows = [.. s_rows.Where(row => row.GetProperty("algo").GetString() == algorithm && !row.TryGetProperty("throws", out _))];
        Assert.True(rows.Length >= atLeast, $"{rows.Length} rows");
        Assert.All(rows, row =>
        {
            int modulus = buckets == 0 ? row.GetProperty("buckets").GetInt32() : buckets;
            string scaled = scale ? "true" : "false";
            string hash = $$"""{"fn":"{{function}}","seed":{{seed}},"scale":{{scaled}},"buckets":{{modulus}},"input":[{"attr":["$key"]}]}""";
            int origin = row.TryGetProperty("base", out JsonElement first) ? first.GetInt32() : 0;
            JsonElement expected = row.TryGetProperty("bucketUtf8", out JsonElement utf8) ? utf8 : row.GetProperty("bucket");
            Assert.Equal(expected.GetInt32() - origin, (int)Bucket(hash, Input(algorithm, row)));
        });
    }

    [Fact]
    public void Compute_Sha1_HasTheFirst15HexDigits()
    {
        JsonElement[] rows = [.. s_rows.Where(row => row.TryGetProperty("hex15", out _))];
        Assert.True(rows.Length >= 50, $"{rows.Length} rows");
        Assert.All(rows, row =>
        {
            string prefix = row.TryGetProperty("seed", out JsonElement seed)
                ? seed.GetInt64().ToString(CultureInfo.InvariantCulture)
                : row.GetProperty("flagKey").GetString() + "." + Vectors.ReadText(row, "salt");
            string text = prefix + "." + Vectors.ReadText(row, "unit");
            (ulong value, int bits) = HashFunctions.Compute("sha1", text, 0);
            Assert.Equal(row.GetProperty("hex15").GetString(), value.ToString("x15", CultureInfo.InvariantCulture));
            Assert.Equal(60, bits);
        });
    }

    [Theory]
    [InlineData("crc32", "123456789", 0xcbf43926ul)] // The check value of CRC-32/ISO-HDLC.
    [InlineData("sha256le", "abc", 0xbf1678baul)] // FIPS 180-4: ba7816bf...
    [InlineData("sha256", "abc", 0xba7816bf8f01cfeaul)]
    [InlineData("md5", "abc", 0x90015098ul)] // RFC 1321.
    [InlineData("murmur3", "", 0ul)]
    [InlineData("fnv1a", "a", 0xe40c292cul)] // The published FNV vectors.
    [InlineData("fnv1a", "foobar", 0xbf9cf968ul)]
    public void Compute_PublishedValue_IsIt(string function, string text, ulong expected) =>
        Assert.Equal(expected, HashFunctions.Compute(function, text, 0).Value);

    private static string Input(string algorithm, JsonElement row)
    {
        string unit = Vectors.ReadText(row, "unit");
        string salt = Vectors.ReadText(row, "salt");
        return algorithm switch
        {
            "seed" => unit + ":" + salt,
            "growthbook-v1" or "optimizely" => unit + salt,
            "growthbook-v2" or "flagd-v2" => salt + unit,
            "eppo" => salt + "-" + unit,
            "statsig" => salt + "." + unit,
            _ => salt + ":" + unit,
        };
    }

    private static System.Numerics.BigInteger Bucket(string hash, string userKey) =>
        new ReferenceHash(userKey, JsonElement.Parse("{}"), observe: null).Bucket(JsonElement.Parse(hash))!.Value;
}
