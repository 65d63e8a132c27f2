namespace Experiments.Control.Explaining;

/// <summary>The lines of a stream, one at a time, in a buffer of fixed size. Blank lines are passed over, but they count.</summary>
internal sealed class ImpactLines(Stream stream)
{
    public const int MaxLines = 100_000;
    public const int MaxLineBytes = 64 * 1024;

    private const byte NewLine = (byte)'\n';

    // Twice a line: what is left of one moves to the front at most once for each line's worth of bytes.
    private readonly byte[] _buffer = new byte[2 * MaxLineBytes];
    private int _start;
    private int _searched;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Of the present line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Valid until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>What is wrong with the present line, of which nothing more can be read; null where nothing is.</summary>
    public string? Fault { get; private set; }

    /// <returns>False after the last one.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (!await ReadAnyAsync(cancellationToken))
            {
                return false;
            }
        }
        while (Fault is null && IsBlank(Line.Span));
        return true;
    }

    private async ValueTask<bool> ReadAnyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int newLine = _buffer.AsSpan(_searched, _end - _searched).IndexOf(NewLine);
            if (newLine >= 0)
            {
                Take(_searched + newLine);
                _start = _searched = _searched + newLine + 1;
                return true;
            }

            _searched = _end;
            if (_isAtEnd || _end - _start > MaxLineBytes)
            {
                bool isLine = _end > _start;
                if (isLine)
                {
                    Take(_end);
                    _start = _end;
                }

                return isLine;
            }

            await FillAsync(cancellationToken);
        }
    }

    private void Take(int end)
    {
        Number++;
        Line = _buffer.AsMemory(_start, end - _start);
        Fault = Line.Length > MaxLineBytes ? $"it is longer than {MaxLineBytes} bytes"
            : Number > MaxLines ? $"there are more than {MaxLines} lines"
            : null;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }

        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _isAtEnd = read == 0;
        _end += read;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(" \t\r"u8);
}
