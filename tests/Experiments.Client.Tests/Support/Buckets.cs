using System.Text;
using Experiments.Client.Bucketing;

namespace Experiments.Client.Tests;

/// <summary>Buckets of user keys, and user keys of buckets.</summary>
internal static class Buckets
{
    public static int Of(string userKey, string salt = "salt")
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(salt);
        using var hash = new UserKeyHash(userKey, utf8.Length, stackalloc byte[UserKeyHash.StackBytes]);
        return hash.Bucket(utf8);
    }

    /// <summary>A user key with this bucket.</summary>
    public static string UserIn(int bucket, string salt = "salt") =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"user-{i}").First(userKey => Of(userKey, salt) == bucket);
}
