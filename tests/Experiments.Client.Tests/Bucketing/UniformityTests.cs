using Experiments.Client.Bucketing;

namespace Experiments.Client.Tests.Bucketing;

/// <summary>Users spread evenly over all 10,000 buckets, whatever their keys look like.</summary>
public sealed class UniformityTests
{
    private const string Salt = "2f6c1b5e-8d0a-4e3b-9c47-0a1b2c3d4e5f";

    private static int Users => LongRun.Count(200_000, 5_000_000);

    [Theory]
    [InlineData(Salt)]
    [InlineData("")]
    [InlineData("a")]
    public void Bucket_SequentialUserKeys_AreUniform(string salt) => AssertUniform(i => $"user-{i}", salt);

    [Fact]
    public void Bucket_PlainNumbers_AreUniform() => AssertUniform(i => $"{i}", Salt);

    [Fact]
    public void Bucket_RandomUuids_AreUniform()
    {
        var random = new Random(1);
        byte[] bytes = new byte[16];
        AssertUniform(
            _ =>
            {
                random.NextBytes(bytes);
                return new Guid(bytes).ToString();
            },
            Salt);
    }

    [Fact]
    public void Bucket_Emails_AreUniform() => AssertUniform(i => $"{(char)('a' + (i % 26))}.smith{i / 26}@example.com", Salt);

    private static void AssertUniform(Func<int, string> userKey, string salt)
    {
        int[] counts = new int[Buckets.Count];
        for (int i = 0; i < Users; i++)
        {
            counts[Buckets.Of(userKey(i), salt)]++;
        }

        ChiSquare.AssertUniform(counts);
    }
}
