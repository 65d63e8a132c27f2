using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Experiments.Client.Hosting;

/// <summary>
/// Reads one section of a program's configuration and remembers everything that is wrong with it, so that a start fails with one
/// message that lists every key, its value and what is allowed.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration, string section)
{
    private const string UrlRule = "an absolute http or https URL";

    private readonly List<string> _problems = [];
    private readonly Dictionary<string, SettingUse> _uses = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Every key that was read and described, once, in the order in which they were: the reference of the configuration is made of them.</summary>
    public IReadOnlyCollection<SettingUse> Uses => _uses.Values;

    /// <summary>Every key of the section that has a value and that no program reads, in order, with the one that may be meant. Once all settings
    /// are read.</summary>
    public IReadOnlyList<UnknownSetting> FindUnknown()
    {
        var known = new HashSet<string>(SettingKeys.All, StringComparer.OrdinalIgnoreCase);
        known.UnionWith(_uses.Keys);
        return
        [
            .. configuration.GetSection(section).AsEnumerable(makePathsRelative: true)
                .Where(pair => pair.Value is not null && pair.Key.Length > 0 && !known.Contains(pair.Key))
                .Select(pair => new UnknownSetting(PathOf(pair.Key), SettingNames.Nearest(pair.Key, known) is { } nearest ? PathOf(nearest) : null))
                .OrderBy(static unknown => unknown.Key, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <param name="key">Below the section.</param>
    /// <param name="about">What it does, for the reference; null where another look at the key says it.</param>
    /// <param name="shownDefault">For the reference.</param>
    public string? Text(string key, string? about = null, string? shownDefault = null)
    {
        Describe(key, about, shownDefault, null);
        return configuration[PathOf(key)] is { Length: > 0 } value ? value : null;
    }

    public string Choice(string key, string? about, string fallback, params string[] allowed)
    {
        string rule = $"one of {string.Join(", ", allowed)}";
        Describe(key, about, fallback, rule);
        string value = Text(key) ?? fallback;
        return allowed.FirstOrDefault(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? Refuse(key, value, rule, fallback);
    }

    /// <param name="key">Below the section.</param>
    /// <param name="about">What it does, for the reference.</param>
    /// <param name="fallback">Where the key is missing.</param>
    /// <param name="shownDefault">For the reference, where the fallback depends on something.</param>
    public bool Flag(string key, string about, bool fallback, string? shownDefault = null)
    {
        const string Rule = "true or false";
        Describe(key, about, shownDefault ?? (fallback ? "true" : "false"), Rule);
        return Text(key) is not { } value ? fallback : bool.TryParse(value, out bool flag) ? flag : Refuse(key, value, Rule, fallback);
    }

    public int Number(string key, string about, int fallback, int min, int max)
    {
        string rule = string.Create(CultureInfo.InvariantCulture, $"an integer from {min} to {max}");
        Describe(key, about, fallback.ToString(CultureInfo.InvariantCulture), rule);
        return Text(key) is not { } value
            ? fallback
            : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
                ? number
                : Refuse(key, value, rule, fallback);
    }

    /// <summary>A time with colons: a bare number would be days to .NET and seconds to everyone else.</summary>
    public TimeSpan Duration(string key, string about, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        string rule = $"a time (hh:mm:ss) from {min} to {max}";
        Describe(key, about, fallback.ToString(), rule);
        return Text(key) is not { } value
            ? fallback
            : value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan duration) && duration >= min && duration <= max
                ? duration
                : Refuse(key, value, rule, fallback);
    }

    /// <param name="key">Below the section.</param>
    /// <param name="about">What it does, for the reference.</param>
    /// <param name="shownDefault">For the reference.</param>
    public Uri? Url(string key, string about, string? shownDefault = null)
    {
        Describe(key, about, shownDefault, UrlRule);
        return Text(key) is { } value ? ParseUrl(key, value) : null;
    }

    /// <summary>A comma-separated list, of which no entry may be there twice.</summary>
    public IReadOnlyList<Uri> Urls(string key, string about, string fallback)
    {
        Describe(key, about, fallback, UrlRule + ", or several");
        Uri[] urls = [.. List(key, fallback).Select(value => ParseUrl(key, value)).OfType<Uri>()];
        return urls.Distinct().Count() == urls.Length ? urls : Refuse(key, Text(key), "each URL once", urls[..1]);
    }

    /// <summary>A comma-separated list; blanks around the entries do not count.</summary>
    public IReadOnlyList<string> List(string key, string fallback = "", string? about = null, string? allowed = null)
    {
        Describe(key, about, fallback, allowed);
        return (Text(key) ?? fallback).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>A comma-separated list of which every entry must parse.</summary>
    public IReadOnlyList<T> List<T>(string key, string about, Func<string, T?> parse, string allowed)
        where T : struct
    {
        List<T> parsed = [];
        foreach (string entry in List(key, about: about, allowed: allowed))
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

    private void Describe(string key, string? about, string? fallback, string? allowed)
    {
        if (about is not null)
        {
            _uses[key] = new SettingUse(key, string.IsNullOrEmpty(fallback) ? null : fallback, allowed, about);
        }
    }

    private Uri? ParseUrl(string key, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : Refuse<Uri?>(key, value, UrlRule, null);

    private string PathOf(string key) => $"{section}:{key}";
}
