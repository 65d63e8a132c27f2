using System.Globalization;
using System.Numerics;
using System.Text;

namespace Experiments.Client.Tests.Reference;

/// <summary>Writes JSON text with the liberties that JSON leaves: members in any order, escapes where none are needed.</summary>
internal sealed class RandomJson(int seed)
{
    private const long MaxSafeInteger = (1L << 53) - 1;

    private readonly Random _random = new(seed);

    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => _random.Next(count);

    public int Between(int min, int max) => _random.Next(min, max + 1);

    public T OneOf<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    public T[] Some<T>(T[] items, int count)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }

    public static List<T> Times<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    public string String(string text)
    {
        bool escapesMuch = Chance(5);
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) && !escapesMuch)
            {
                json.Append(text, i++, 2);
            }
            else if (text[i] < ' ' || text[i] is '"' or '\\' || char.IsSurrogate(text[i]) || (escapesMuch && Chance(50)))
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                json.Append(text[i]);
            }
        }

        return json.Append('"').ToString();
    }

    public string StringOrNull(string? text) => text is null ? "null" : String(text);

    /// <summary>A decimal string from 2^53, and now and then below.</summary>
    public string Integer(BigInteger value)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture);
        return value > MaxSafeInteger || Chance(8) ? $"\"{digits}\"" : digits;
    }

    /// <summary>Members in any order; those without JSON are left out.</summary>
    public string Object(params IEnumerable<(string Name, string? Json)> members)
    {
        (string Name, string? Json)[] shuffled = [.. members.Where(member => member.Json is not null)];
        if (Chance(50))
        {
            _random.Shuffle(shuffled);
        }

        return InOrder(shuffled);
    }

    /// <summary>Members in the order given, names may repeat.</summary>
    public string InOrder(params IEnumerable<(string Name, string? Json)> members) =>
        "{" + string.Join(Comma(), members.Select(member => $"{String(member.Name)}:{member.Json}")) + "}";

    public string Array(params IEnumerable<string> items) => "[" + string.Join(Comma(), items) + "]";

    /// <summary>Something that readers do not know.</summary>
    public (string Name, string? Json) Unknown() =>
        ("x-unknown", Chance(10) ? OneOf("null", "[1,{\"if\":false}]", "{\"key\":\"f0\"}", "\"\\ud800\"", "1e400") : null);

    private string Comma() => Chance(3) ? " ,\n\t" : ",";
}
