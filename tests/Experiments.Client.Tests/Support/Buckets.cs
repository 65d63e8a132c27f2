using Experiments.Client.Bucketing;

namespace Experiments.Client.Tests;

/// <summary>Buckets of user keys, and user keys of buckets.</summary>
internal static class Buckets
{
    public const int Count = 10_000;

    public static int Of(string userKey, string salt = "salt") =>
        (int)(new UserKeyHash(userKey).Then(HashLiteral.From(":" + salt)) % Count);

    /// <summary>A user key with this bucket.</summary>
    public static string UserIn(int bucket, string salt = "salt") =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"user-{i}").First(userKey => Of(userKey, salt) == bucket);
}
