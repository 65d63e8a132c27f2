using System.Globalization;
using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary>Answers with members <c>changes</c>, or <c>deleted</c>, and <c>text</c>.</summary>
internal static class ChangeAnswer
{
    /// <summary>How many; a text without a list counts as one.</summary>
    public static long CountOf(ApiAnswer answer) => (answer.Json.Member("changes") ?? answer.Json.Member("deleted")) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
        { ValueKind: JsonValueKind.Number } => answer.Json.Number("changes") ?? 1,
        _ => answer.Text("text").Length > 0 ? 1 : 0,
    };

    public static string Describe(long count) => count == 1 ? "1 change" : $"{count.ToString(CultureInfo.InvariantCulture)} changes";
}
