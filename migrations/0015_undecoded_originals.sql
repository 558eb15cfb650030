-- An original that comes after its copy may be of a kind that is not decoded here: the copy then stands for it for good.

alter table photos
  drop constraint photos_original_state_check,
  add constraint photos_original_state_check check (original_state in ('awaited', 'arrived', 'unread', 'differs'));

comment on column photos.original_state is 'a smaller copy came first, and is the preview: its original has not come yet, is here and to be decoded, is here and of a kind that is not decoded, or is another picture; what others download is the copy; null: the original is what there is';
