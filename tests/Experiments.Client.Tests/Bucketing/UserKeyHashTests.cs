using System.Text;
using CsCheck;
using Experiments.Client.Bucketing;

namespace Experiments.Client.Tests.Bucketing;

public sealed class UserKeyHashTests
{
    private const char LoneHigh = '\ud800';
    private const char LoneLow = '\udc00';

    // Any UTF-16 unit, so pairs and lone surrogates too.
    private static readonly Gen<string> s_anyText = Gen.Char.Array[0, 200].Select(chars => new string(chars));
    private static readonly Gen<string> s_surrogates =
        Property.OneOf('a', 'ü', '€', '\ud83d', '\ude00', LoneHigh, LoneLow).Array[0, 40].Select(chars => new string(chars));

    [Fact]
    public void Bucket_AnyTexts_EqualsHashingTheWholeTextAtOnce() => Property.Holds(
        Gen.Select(Gen.OneOf(s_anyText, s_surrogates), Gen.OneOf(s_anyText, s_surrogates)),
        pair => Assert.Equal(Naive(pair.Item1, pair.Item2), Buckets.Of(pair.Item1, pair.Item2)),
        LongRun.Count(2_000, 200_000));

    [Fact]
    public void Bucket_SameTexts_AreAlwaysTheSame() => Property.Holds(
        Gen.Select(s_anyText, s_anyText),
        pair => Assert.Equal(Buckets.Of(pair.Item1, pair.Item2), Buckets.Of(new string(pair.Item1), new string(pair.Item2))),
        LongRun.Count(500, 50_000));

    [Fact]
    public void Bucket_EveryUserKeyLength_EqualsHashingTheWholeTextAtOnce()
    {
        // Each remainder of the block size; what is not ASCII on the stack and in a pooled array.
        for (int length = 0; length < 600; length++)
        {
            foreach (string userKey in new[] { new string('k', length), new string('k', length) + '\u20ac', '\u20ac' + new string('k', length) })
            {
                Assert.Equal(Naive(userKey, "a-salt"), Buckets.Of(userKey, "a-salt"));
            }
        }
    }

    [Fact]
    public void Bucket_SaltsOfDifferentLengthsWithOneHash_DoNotDisturbEachOther()
    {
        string[] salts = [.. Enumerable.Range(0, 50).Select(i => new string((char)('a' + (i % 26)), 50 - i))];
        var hash = new UserKeyHash("user-123");
        foreach (string salt in salts.Concat(salts.Reverse()))
        {
            Assert.Equal(Naive("user-123", salt), (int)(hash.Then(HashLiteral.From(":" + salt)) % Buckets.Count));
        }
    }

    [Fact]
    public void Then_Seed_EqualsHashingTheWholeTextAtOnce() => Property.Holds(
        Gen.Select(s_anyText, s_anyText, Gen.UInt),
        triple => Assert.Equal(
            MurmurHash3.Hash(Encoding.UTF8.GetBytes($"{triple.Item1}:{triple.Item2}"), triple.Item3),
            new UserKeyHash(triple.Item1, triple.Item3).Then(HashLiteral.From($":{triple.Item2}"))),
        LongRun.Count(500, 50_000));

    [Fact]
    public void Bucket_LongUserKey_IsNotCut()
    {
        string userKey = new('x', 100_000);
        Assert.Equal(Naive(userKey, "s"), Buckets.Of(userKey, "s"));
        Assert.NotEqual(Buckets.Of(userKey + "y", "s"), Buckets.Of(userKey + "z", "s"));
    }

    [Fact]
    public void Bucket_LoneSurrogate_EncodesAsReplacementCharacter()
    {
        foreach (string userKey in new[] { "\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "x\ud83d" })
        {
            Assert.Equal(Buckets.Of(string.Concat(userKey.Select(c => char.IsSurrogate(c) ? '\ufffd' : c))), Buckets.Of(userKey));
        }
    }

    [Theory]
    [InlineData("user", "User")]
    [InlineData("user", " user")]
    [InlineData("user", "user ")]
    [InlineData("\u00e9", "e\u0301")]
    public void Bucket_KeysThatOnlyLookAlike_AreHashedAsTheyAre(string one, string other) =>
        Assert.NotEqual(Buckets.Of(one), Buckets.Of(other));

    private static int Naive(string userKey, string salt)
    {
        // The parts are encoded one by one: a pair that is split over both is two lone surrogates, as in `userKey + ":" + salt`.
        byte[] text = [.. Encoding.UTF8.GetBytes(userKey + ":" + salt)];
        return (int)(MurmurHash3.Hash(text) % Buckets.Count);
    }

    /// <summary>Every alignment of every length: the blocks of long literals are mixed eight at once.</summary>
    [Fact]
    public void Hash_AllLengthsOfKeyAndLiteral_IsTheHashOfBoth()
    {
        const string Text = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:0123456789abcdefghijklmnopqrstuvwxyz";
        for (int key = 0; key <= 20; key++)
        {
            for (int literal = 0; literal <= Text.Length; literal++)
            {
                foreach (string userKey in new[] { Text[..key], new string('\u00f6', key) })
                {
                    uint expected = MurmurHash3.Hash(System.Text.Encoding.UTF8.GetBytes(userKey + Text[..literal]), 7);
                    Assert.Equal(expected, UserKeyHash.Hash(userKey, 7, HashLiteral.From(Text[..literal])));
                    Assert.Equal(expected, new UserKeyHash(userKey, 7).Then(HashLiteral.From(Text[..literal])));
                }
            }
        }
    }
}
