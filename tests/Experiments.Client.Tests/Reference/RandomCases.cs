using System.Globalization;
using System.Text;

namespace Experiments.Client.Tests.Reference;

/// <summary>Cases for the snapshot of one seed, with the values that it uses.</summary>
internal sealed class RandomCases
{
    private readonly RandomJson _json;
    private readonly RandomValues _values;
    private readonly RandomAttributes _attributes;

    /// <param name="seed">The seed of the snapshot.</param>
    public RandomCases(int seed)
    {
        _json = new RandomJson(~seed);
        _values = new RandomValues(_json, seed);
        _attributes = new RandomAttributes(_json, _values);
    }

    /// <param name="keys">That the snapshot has.</param>
    public RandomCase Next(string[] keys) => new(
        _json.Chance(97) ? _json.OneOf(keys) : "nope",
        UserKey(),
        Encoding.UTF8.GetBytes(_attributes.Context()),
        Now(),
        Overrides(keys),
        Sticky());

    private string UserKey() => _json.Below(20) switch
    {
        0 => _json.OneOf("", "a", "1", "ö", "\U0001f600", "\ud83d", "x\ude00", "a:b", new string('u', 300), new string('ü', 40)),
        _ => $"user-{_json.Below(1_000)}",
    };

    /// <summary>At a bound of the snapshot's windows, or one tick beside it.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset time = DateTimeOffset.Parse(
            _json.OneOf(_values.Times).ToUpperInvariant(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return time.ToOffset(_json.OneOf(TimeSpan.Zero, TimeSpan.FromHours(-2))).AddTicks(_json.OneOf(-1, 0, 0, 1));
    }

    private Dictionary<string, string?> Overrides(string[] keys)
    {
        Dictionary<string, string?> overrides = new(StringComparer.Ordinal);
        foreach (string key in _json.Chance(15) ? keys.Distinct(StringComparer.Ordinal) : [])
        {
            if (_json.Chance(25))
            {
                overrides.Add(key, _json.OneOf([.. RandomFlags.VariantKeys, "nope", null]));
            }
        }

        return overrides;
    }

    private Dictionary<string, string> Sticky()
    {
        Dictionary<string, string> sticky = new(StringComparer.Ordinal);
        foreach (string name in _json.Chance(70) ? ["s0__0", "s0__1", "s0__2", "s1__0", "s1__1", "s1__2"] : System.Array.Empty<string>())
        {
            if (_json.Chance(35))
            {
                sticky.Add(name, _json.OneOf([.. RandomFlags.VariantKeys, "0", "1", "nope"]));
            }
        }

        return sticky;
    }
}
