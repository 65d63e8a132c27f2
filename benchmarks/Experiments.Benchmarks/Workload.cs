namespace Experiments.Benchmarks;

/// <summary>Names that all benchmarks share. The data is the same in every run and on every machine.</summary>
internal static class Workload
{
    public const string Environment = "prod";

    public const long Version = 1;

    /// <summary>21 characters, as the key that the reference points were measured with. Its two conditions are on country and plan.</summary>
    public const string Key = "checkout-button-00042";

    /// <summary>21 characters. On for everyone, without rules.</summary>
    public const string FlagKey = "beta-navigation-ready";

    /// <summary>Experiments of the snapshot that one of them is decided in.</summary>
    public const int OneOf = 100;

    /// <summary>A power of two. Users take turns, so that no branch predictor learns one user's buckets by heart.</summary>
    public const int UserCount = 64;

    /// <summary>A key of 8 characters for each user.</summary>
    public static string[] UserKeys { get; } = [.. Enumerable.Range(100, UserCount).Select(static i => $"user-{i}")];

    /// <summary>A string that was not in the program's source, as one that came with a request.</summary>
    public static string FromRequest(string text) => new(text.AsSpan());
}
