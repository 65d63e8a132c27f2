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
    private ContextAttribute(string name, ContextValueKind kind, double number, string? text)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Kind = kind;
        Number = number;
        Text = text;
    }

    /// <summary>A string attribute; <see langword="null"/> is the null attribute, which is not the same as a missing one.</summary>
    public ContextAttribute(string name, string? value)
        : this(name, value is null ? ContextValueKind.Null : ContextValueKind.String, 0, value)
    {
    }

    /// <summary>A number. All numbers are doubles: integers above 2^53 lose their last digits, as they do in JavaScript.</summary>
    public ContextAttribute(string name, double value)
        : this(name, ContextValueKind.Number, value, null)
    {
    }

    /// <summary>A boolean attribute.</summary>
    public ContextAttribute(string name, bool value)
        : this(name, value ? ContextValueKind.True : ContextValueKind.False, 0, null)
    {
    }

    /// <summary>The whole name; compared ordinally. Of two attributes with the same name the last one counts.</summary>
    public string Name { get; }

    internal ContextValueKind Kind { get; }

    internal double Number { get; }

    internal string? Text { get; }

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
