using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Resources;

/// <summary>Cells that several lists have.</summary>
internal static class Cells
{
    public static Column Of(string header, string member) => new(header, item => item.Member(member)?.Words());

    public static Column Count(string header, string member) =>
        new(header, item => item.Items(member).Count().ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The first of two members that is there.</summary>
    public static Column Either(string header, string member, string other) =>
        new(header, item => (item.Member(member) ?? item.Member(other))?.Words());

    public static Column Tags { get; } = new("TAGS", static item => string.Join(',', TagsOf(item)));

    public static Column State { get; } = new("STATE", StateOf);

    /// <summary>Of a flag.</summary>
    public static string StateOf(JsonElement flag) => flag.IsTrue("archived") ? "archived" : flag.IsTrue("enabled") ? "on" : "off";

    public static string? StatusOf(JsonElement item) => item.Text("status");

    /// <summary>A holdout has one tag or none; the others have a list.</summary>
    public static IEnumerable<string> TagsOf(JsonElement item) =>
        item.Text("tag") is { } tag ? [tag] : item.Items("tags").Select(static one => one.Words());
}
