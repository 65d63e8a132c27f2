using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>Looks things up in the raw snapshot by reading through it. A document of format 1 has experiments only.</summary>
internal sealed class ReferenceSnapshot(JsonElement root)
{
    public bool IsFormat2 { get; } = RawJson.IntegerMember(root, "format", 1) == 2;

    public IEnumerable<JsonElement> Experiments => RawJson.Items(RawJson.Member(root, "experiments"));

    public IEnumerable<JsonElement> Flags => IsFormat2 ? RawJson.Items(RawJson.Member(root, "flags")) : [];

    /// <summary>Of several with one key the first.</summary>
    public JsonElement? Flag(string key) => First(Flags, "key", key);

    /// <inheritdoc cref="Flag"/>
    public JsonElement? Experiment(string key) => First(Experiments, "key", key);

    public JsonElement? Hash(string name) => RawJson.Member(root, "hashes") is { } hashes ? RawJson.Member(hashes, name) : null;

    public JsonElement? Audience(string name) => RawJson.Member(root, "audiences") is { } audiences ? RawJson.Member(audiences, name) : null;

    /// <summary>The first variant of an experiment that has this <c>id</c> or <c>key</c>.</summary>
    public static JsonElement? Variant(JsonElement experiment, string member, string text) =>
        First(RawJson.Items(RawJson.Member(experiment, "variants")), member, text);

    private static JsonElement? First(IEnumerable<JsonElement> items, string member, string text)
    {
        foreach (JsonElement item in items)
        {
            if (RawJson.TextMember(item, member) == text)
            {
                return item;
            }
        }

        return null;
    }
}
