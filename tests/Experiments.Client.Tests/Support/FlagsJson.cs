using System.Text;
using System.Text.Json;

namespace Experiments.Client.Tests;

/// <summary>Snapshots of format 2 as text.</summary>
internal static class FlagsJson
{
    /// <param name="flags">Objects, separated by commas.</param>
    /// <param name="hashes">Members of the object, separated by commas.</param>
    /// <param name="audiences">Members of the object, separated by commas.</param>
    /// <param name="experiments">Objects, separated by commas.</param>
    /// <param name="version">Of the snapshot.</param>
    public static byte[] Of(string flags, string hashes = "", string audiences = "", string experiments = "", long version = 1) =>
        Encoding.UTF8.GetBytes($$"""
            {"version":{{version}},"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","format":2,
             "experiments":[{{experiments}}],"hashes":{ {{hashes}} },"audiences":{ {{audiences}} },"flags":[{{flags}}]}
            """);

    /// <summary>A flag that is on where the condition holds, else off.</summary>
    public static string On(string key, string condition) => $$"""
        {"key":"{{key}}","type":"boolean","default":"off","variants":{"off":false,"on":true},
         "rules":[{"id":"r1","if":{{condition}},"serve":"on"}]}
        """;

    /// <summary>A condition on the attribute <c>a</c>.</summary>
    public static string Condition(string op, string operand, string extra = "") =>
        $$"""{"attribute":"a","operator":{{JsonSerializer.Serialize(op)}},"value":{{operand}}{{extra}}}""";
}
