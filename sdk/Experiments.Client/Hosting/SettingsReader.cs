using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Experiments.Client.Hosting;

/// <summary>
/// Reads one section of a program's configuration and remembers everything that is wrong with it, so that a start fails with one
/// message that lists every key, its value and what is allowed.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration, string section)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public string? Text(string key) => configuration[PathOf(key)] is { Length: > 0 } value ? value : null;

    public string Choice(string key, string fallback, params string[] allowed)
    {
        string value = Text(key) ?? fallback;
        return allowed.FirstOrDefault(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? Refuse(key, value, $"one of {string.Join(", ", allowed)}", fallback);
    }

    public bool Flag(string key, bool fallback) => Text(key) is not { } value
        ? fallback
        : bool.TryParse(value, out bool flag) ? flag : Refuse(key, value, "true or false", fallback);

    public int Number(string key, int fallback, int min, int max) => Text(key) is not { } value
        ? fallback
        : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : Refuse(key, value, $"an integer from {min} to {max}", fallback);

    /// <summary>A time with colons: a bare number would be days to .NET and seconds to everyone else.</summary>
    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan min, TimeSpan max) => Text(key) is not { } value
        ? fallback
        : value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan duration) && duration >= min && duration <= max
            ? duration
            : Refuse(key, value, $"a time (hh:mm:ss) from {min} to {max}", fallback);

    public Uri? Url(string key) => Text(key) is { } value ? ParseUrl(key, value) : null;

    /// <summary>A comma-separated list, of which no entry may be there twice.</summary>
    public IReadOnlyList<Uri> Urls(string key, string fallback)
    {
        Uri[] urls = [.. List(key, fallback).Select(value => ParseUrl(key, value)).OfType<Uri>()];
        return urls.Distinct().Count() == urls.Length ? urls : Refuse(key, Text(key), "each URL once", urls[..1]);
    }

    /// <summary>A comma-separated list; blanks around the entries do not count.</summary>
    public IReadOnlyList<string> List(string key, string fallback = "") =>
        (Text(key) ?? fallback).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A comma-separated list of which every entry must parse.</summary>
    public IReadOnlyList<T> List<T>(string key, Func<string, T?> parse, string allowed)
        where T : struct
    {
        List<T> parsed = [];
        foreach (string entry in List(key))
        {
            if (parse(entry) is { } item)
            {
                parsed.Add(item);
            }
            else
            {
                Refuse(key, entry, allowed, 0);
            }
        }

        return parsed;
    }

    /// <summary>Remembers a problem and answers what to go on with until all of them are reported.</summary>
    public T Refuse<T>(string key, string? value, string allowed, T goOnWith)
    {
        _problems.Add($"{PathOf(key)} is {(value is null ? "missing" : $"'{value}'")}; allowed is {allowed}");
        return goOnWith;
    }

    private Uri? ParseUrl(string key, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : Refuse<Uri?>(key, value, "an absolute http or https URL", null);

    private string PathOf(string key) => $"{section}:{key}";
}
