namespace Experiments.Decide.Endpoints.Requests;

/// <summary>What query string and body have in common: the names of the contract and what is said about bad ones.</summary>
internal static class DecideMembers
{
    public const string UserKey = "user_key";
    public const string Environment = "env";
    public const string Context = "context";
    public const string Include = "include";

    // The older platform's words.
    private const string InvalidContext = "Invalid context JSON";

    public static string Missing(string name) => $"{name} is missing";

    public static string Empty(string name) => $"{name} is empty";

    public static string Repeated(string name) => $"{name} is given more than once";

    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? ReadContext(DecideRequest request, ReadOnlySpan<byte> utf8Json) =>
        request.TrySetContext(utf8Json) ? null : InvalidContext;
}
