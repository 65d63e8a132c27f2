using System.Collections.Frozen;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests.Snapshots;

public sealed class FlagIndexTests
{
    // Short ones, and many with the same end.
    private static readonly string[] s_keys =
        ["", "a", "abc", "abcd", "on-1", .. Enumerable.Range(0, 200).Select(static i => $"key-{i}-same"), .. Enumerable.Range(0, 200).Select(static i => $"k{i}")];

    [Fact]
    public void TryGetValue_LiteralsAndOtherObjects_FindsTheSameEveryTime()
    {
        FlagIndex index = Index();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < s_keys.Length; i++)
            {
                Assert.True(index.TryGetValue(s_keys[i], out int flag));
                Assert.Equal(i, flag);
                Assert.True(index.TryGetValue(new string(s_keys[i].AsSpan()), out flag));
                Assert.Equal(i, flag);
                Assert.False(index.TryGetValue("no " + s_keys[i], out _));
            }
        }
    }

    /// <summary>A remembered object is never taken for another key, whatever threads do at the same time.</summary>
    [Fact]
    public void TryGetValue_ManyThreads_FindTheSame()
    {
        for (int round = 0; round < 50; round++)
        {
            FlagIndex index = Index();
            Parallel.For(0, 4, thread =>
            {
                var random = new Random(thread);
                for (int i = 0; i < 2_000; i++)
                {
                    int wanted = random.Next(s_keys.Length);
                    string key = random.Next(2) == 0 ? s_keys[wanted] : new string(s_keys[wanted].AsSpan());
                    Assert.True(index.TryGetValue(key, out int flag) && flag == wanted);
                }
            });
        }
    }

    [Fact]
    public void TryGetValue_AnyObject_AllocatesNothing()
    {
        FlagIndex index = Index();
        string other = new('a', 4);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            index.TryGetValue("abcd", out _);
            index.TryGetValue(other, out _);
            index.TryGetValue("abc", out _);
        }));
    }

    private static FlagIndex Index() => new(
        s_keys.Select(static (key, i) => KeyValuePair.Create(key, i)).ToFrozenDictionary(StringComparer.Ordinal), s_keys.Length);
}
