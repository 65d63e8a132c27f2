using System.Text;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Tests.Support;

namespace Experiments.Client.Tests.Bucketing;

public sealed class HashVectorTests
{
    [Fact]
    public void Hash_EverySeedVector_AgreesWithTheReference()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Repository.Vectors("hash-vectors.json")));
        JsonElement[] rows = [.. vectors.RootElement.GetProperty("rows").EnumerateArray()
            .Where(row => row.GetProperty("algo").GetString() == "seed")];
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            string unit = Vectors.ReadText(row, "unit");
            byte[] salt = Encoding.UTF8.GetBytes(Vectors.ReadText(row, "salt"));
            byte[] text = [.. Encoding.UTF8.GetBytes(unit + ":"), .. salt];
            Assert.Equal(row.GetProperty("hash32").GetUInt32(), MurmurHash3.Hash(text));
            Assert.Equal(row.GetProperty("bucket").GetInt32(), Buckets.Of(unit, Vectors.ReadText(row, "salt")));
        });
    }
}
