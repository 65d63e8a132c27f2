using LiteDB.Engine;

namespace Experiments.Control.Storage.LiteDb;

/// <content>Opening and closing.</content>
internal sealed partial class LiteDbFile
{
    private const string Keep = "Nothing was changed in it. Restore a backup, or move the file away to start with an empty database.";

    private void Open()
    {
        try
        {
            CreateIfAbsent();
            _data = _openFile(_path, false);
            _log = _openFile(_logPath, true);
            _data.IsReadOnly = true;
            Refuse(FileFormat.CheckHeader(_data, _log));
            _engine = new LiteEngine(new EngineSettings { DataStream = _data, LogStream = _log, Collation = FileFormat.Collation });
            Refuse(FileFormat.CheckContent(_engine));
            _data.IsReadOnly = false;
            FileFormat.Upgrade(_engine);
        }
        catch (Exception exception)
        {
            // A damaged file makes LiteDB throw anything. Passed on with the path, not handled.
            CloseFiles();
            throw exception as StoreFailureException ?? Explain(exception);
        }
    }

    private void CreateIfAbsent()
    {
        if (File.Exists(_path))
        {
            return;
        }

        if (File.Exists(_logPath) && new FileInfo(_logPath).Length > 0)
        {
            throw new StoreFailureException(
                $"The database \"{_path}\" is missing, but its log \"{_logPath}\" is there. "
                + "Restore the database beside its log, or move the log away to start with an empty database.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        FileFormat.Create(_path);
    }

    private void Refuse(string? fault)
    {
        if (fault is not null)
        {
            throw new StoreFailureException($"\"{_path}\" {fault}. {Keep}");
        }
    }

    private StoreFailureException Explain(Exception exception) => exception switch
    {
        IOException inUse when FileLock.IsHeldByAnother(inUse) => new StoreFailureException(
            $"The database \"{_path}\" is in use by another process. Only one process can use an embedded database: stop the other one, "
            + "or give this one another Experiments:DataDirectory.",
            exception),
        IOException or UnauthorizedAccessException => new StoreFailureException(
            $"The database \"{_path}\" cannot be opened: {exception.Message} Check that its directory exists and may be written.",
            exception),
        _ => new StoreFailureException($"The database \"{_path}\" cannot be read: {exception.Message} {Keep}", exception),
    };

    private void CloseFiles()
    {
        _engine?.Dispose();
        _engine = null;
        bool isLogEmpty = _log is { } log && !log.IsClosed && log.Length == 0;
        _log?.Dispose();
        if (isLogEmpty)
        {
            // While the data file is still ours. A closed database is one file.
            File.Delete(_logPath);
        }

        _log = null;
        _data?.Dispose();
        _data = null;
    }
}
