using System.Diagnostics;

namespace Experiments.Client;

/// <summary>
/// One attribute of a decision's context: a name and a string, number, boolean or null. Converts from a tuple, so that contexts read
/// <c>[("country", "US"), ("age", 42)]</c>. Lists and nested objects come with
/// <see cref="DecisionContextJsonExtensions.SetJson"/>.
/// </summary>
[DebuggerDisplay("{Name}")]
public readonly struct ContextAttribute
{
    // What is no text is marked in its place by one of these, or by null, which is the null attribute: three fields instead of four are
    // a third less to write for each attribute of each decision, and a text is put there without looking at it.
    private static readonly object NumberMark = new();
    private static readonly object TrueMark = new();
    private static readonly object FalseMark = new();

    private readonly object? _value;

    private ContextAttribute(string name, double number, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Number = number;
        _value = value;
    }

    /// <summary>A string attribute; <see langword="null"/> is the null attribute, which is not the same as a missing one.</summary>
    public ContextAttribute(string name, string? value)
        : this(name, 0, (object?)value)
    {
    }

    /// <summary>A number. All numbers are doubles: integers above 2^53 lose their last digits, as they do in JavaScript.</summary>
    public ContextAttribute(string name, double value)
        : this(name, value, NumberMark)
    {
    }

    /// <summary>A boolean attribute.</summary>
    public ContextAttribute(string name, bool value)
        : this(name, 0, value ? TrueMark : FalseMark)
    {
    }

    /// <summary>The whole name; compared ordinally. Of two attributes with the same name the last one counts.</summary>
    public string Name { get; }

    internal ContextValueKind Kind => _value switch
    {
        string => ContextValueKind.String,
        null => ContextValueKind.Null,
        _ => ReferenceEquals(_value, NumberMark) ? ContextValueKind.Number
            : ReferenceEquals(_value, TrueMark) ? ContextValueKind.True : ContextValueKind.False,
    };

    internal double Number { get; }

    /// <summary>Null where it is no text.</summary>
    internal string? Text => _value as string;

    /// <summary>A string attribute.</summary>
    public static implicit operator ContextAttribute((string Name, string? Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>A number.</summary>
    public static implicit operator ContextAttribute((string Name, double Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>A number.</summary>
    public static implicit operator ContextAttribute((string Name, int Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>A number, rounded to a double.</summary>
    public static implicit operator ContextAttribute((string Name, long Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>A boolean attribute.</summary>
    public static implicit operator ContextAttribute((string Name, bool Value) attribute) => new(attribute.Name, attribute.Value);
}
