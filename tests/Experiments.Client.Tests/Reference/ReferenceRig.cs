using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>Asks the interpreter with JSON in C# strings.</summary>
internal static class ReferenceRig
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    /// <param name="snapshot">Text of a snapshot.</param>
    /// <param name="key">Of the flag or experiment.</param>
    /// <param name="overrides">JSON object, or nothing.</param>
    /// <param name="sticky">JSON object, or nothing.</param>
    public static ReferenceDecision Decide(
        string snapshot, string key, string userKey = "u", string context = "{}", DateTimeOffset? now = null, string overrides = "{}", string sticky = "{}") =>
        new ReferenceInterpreter(JsonElement.Parse(snapshot)).Decide(
            key,
            userKey,
            JsonElement.Parse(context),
            now ?? Now,
            JsonSerializer.Deserialize<Dictionary<string, string?>>(overrides)!,
            JsonSerializer.Deserialize<Dictionary<string, string>>(sticky)!);

    /// <inheritdoc cref="Decide"/>
    public static IReadOnlyList<ReferenceAssignment> Assignments(
        string snapshot, string userKey = "u", string context = "{}", string overrides = "{}") =>
        new ReferenceInterpreter(JsonElement.Parse(snapshot)).Assignments(
            userKey, JsonElement.Parse(context), Now, JsonSerializer.Deserialize<Dictionary<string, string?>>(overrides)!, new Dictionary<string, string>());

    /// <summary>A snapshot of format 2.</summary>
    /// <param name="flags">JSON array.</param>
    /// <param name="hashes">JSON object.</param>
    /// <param name="audiences">JSON object.</param>
    /// <param name="experiments">JSON array.</param>
    public static string Snapshot(string flags, string hashes = "{}", string audiences = "{}", string experiments = "[]") =>
        $$"""
        {"version":1,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","format":2,
         "experiments":{{experiments}},"hashes":{{hashes}},"audiences":{{audiences}},"flags":{{flags}}}
        """;

    /// <summary>The flag <c>f</c> with variants <c>a</c>, <c>b</c> and <c>d</c>, the default.</summary>
    /// <param name="rules">JSON array.</param>
    /// <param name="extra">More members, each followed by a comma.</param>
    public static string Flag(string rules, string key = "f", string extra = "") =>
        $$"""{ {{extra}}"key":"{{key}}","default":"d","variants":{"a":1,"b":{"x": 2},"d":null},"rules":{{rules}}}""";
}
