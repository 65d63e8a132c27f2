using System.Buffers;

namespace Experiments.Client.Decisions;

/// <summary>A text that is put together on the stack, or in a pooled array where it gets long.</summary>
internal ref struct TextBuffer(Span<char> stack)
{
    private Span<char> _buffer = stack;
    private char[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<char> Text => _buffer[.._length];

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
    }

    /// <summary>Room for so many characters; what was written is claimed by <see cref="Commit"/>.</summary>
    public Span<char> Reserve(int length)
    {
        if (_buffer.Length - _length < length)
        {
            char[] longer = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + length));
            Text.CopyTo(longer);
            Dispose();
            _buffer = _rented = longer;
        }

        return _buffer[_length..];
    }

    public void Commit(int length) => _length += length;

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented);
            _rented = null;
        }
    }
}
