using System.Text;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>One question to a snapshot.</summary>
/// <param name="Key">Of the flag or experiment to decide.</param>
/// <param name="ContextJson">UTF-8 text of a JSON object.</param>
internal sealed record RandomCase(
    string Key,
    string UserKey,
    byte[] ContextJson,
    DateTimeOffset Now,
    IReadOnlyDictionary<string, string?> Overrides,
    IReadOnlyDictionary<string, string> Sticky)
{
    public override string ToString() => $"""
        key:       {Key}
        user key:  {JsonSerializer.Serialize(UserKey)}, UTF-16 {string.Join(' ', UserKey.Select(unit => $"{(int)unit:x4}"))}
        context:   {Encoding.UTF8.GetString(ContextJson)}
        now:       {Now:O}
        overrides: {JsonSerializer.Serialize(Overrides)}
        sticky:    {JsonSerializer.Serialize(Sticky)}
        """;
}
